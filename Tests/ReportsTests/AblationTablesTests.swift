// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Results
import Testing

@Suite struct AblationTablesTests {
  @Test("a summary of gains and costs, then for each workload what moves and what can be ruled out")
  func plain() {
    #expect(
      AblationTables(AblationScene.report()).render(.plain) == """
        what each setting is worth
        setting                    workload           gains                                               costs
        idle-trim: on against off  phases, 2 threads  75 % less memory kept after a second
        tiering: on against off    larson, 2 threads  8.0 % more throughput
                                   phases, 2 threads                                                      4.0 % less throughput
        warm-pool: on against off  all                no difference beyond 0.1 % of speed, 0 % of memory

        larson, 2 threads
        1 of 3 settings move something; time by 10 rounds, memory by 10 rounds
        setting                  is worth (95 % interval)                gain or cost       p  adjusted p      with   without
        tiering: on against off  8.0 % more throughput (7.8 % to 8.2 %)  gain          0.0020      0.0070  10.0 M/s  9.26 M/s
        no difference beyond:
        setting                    throughput  peak memory  memory kept after a second
        idle-trim: on against off       0.4 %          0 %                         0 %
        tiering: on against off          gain          0 %                         0 %
        warm-pool: on against off       0.1 %          0 %                         0 %

        phases, 2 threads
        2 of 3 settings move something; time by 10 rounds, memory by 10 rounds
        setting                    is worth (95 % interval)                                       gain or cost       p  adjusted p      with   without
        idle-trim: on against off  75 % less memory kept after a second, the same in every round  gain          0.0020      0.0070  3.00 MiB  15.0 MiB
        tiering: on against off    4.0 % less throughput (3.8 % to 4.2 %)                         cost          0.0020      0.0070  10.0 M/s  10.4 M/s
        no difference beyond:
        setting                    throughput  peak memory  memory kept after a second
        idle-trim: on against off       0.4 %          0 %                        gain
        tiering: on against off          cost          0 %                         0 %
        warm-pool: on against off       0.1 %          0 %                         0 %

        """)
  }

  @Test("Markdown has headings and tables")
  func markdown() {
    let text = AblationTables(AblationScene.report()).render(.markdown)
    #expect(text.hasPrefix("### what each setting is worth\n\n| setting | workload | gains | costs |\n| :--- |"))
    #expect(text.contains("\n### larson, 2 threads\n\n1 of 3 settings move something; "))
    #expect(text.contains("\n\nno difference beyond:\n\n| setting | throughput | peak memory |"))
  }

  @Test("interactions are told as what two give together")
  func interactions() {
    #expect(
      AblationTables(AblationScene.factorial()).render(.plain) == """
        what each setting is worth
        setting                          workload           gains                 costs
        tiering together with idle-trim  larson, 2 threads  21 % more throughput
        tiering: on against off          larson, 2 threads  10 % more throughput
        idle-trim: on against off        larson, 2 threads  10 % more throughput

        larson, 2 threads
        3 of 3 effects move something; time by 10 rounds
        setting                          is worth (95 % interval)                       gain or cost       p  adjusted p
        tiering together with idle-trim  21 % more throughput, the same in every round  gain          0.0020      0.0020
        tiering: on against off          10 % more throughput, the same in every round  gain          0.0020      0.0020
        idle-trim: on against off        10 % more throughput, the same in every round  gain          0.0020      0.0020

        """)
  }

  @Test("with too few rounds nothing is said to be ruled out")
  func fewRounds() {
    let text = AblationTables(AblationScene.report(AblationScene.rows(rounds: 3))).render(.plain)
    #expect(text.contains("tiering: on against off    all       too few rounds to tell"))
    #expect(text.contains("tiering: on against off    too few rounds  too few rounds"))
    #expect(!text.contains("%"))
  }

  @Test("records have every finding, ratios of what was measured with and without")
  func records() throws {
    let report = AblationScene.report()
    let lines = AblationRecords.table(report).render(.csv).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.count == report.findings.count + 1)
    let fields = lines[0].map(String.init)
    func value(_ line: [Substring], _ name: String) throws -> String {
      String(line[try #require(fields.firstIndex(of: name))])
    }
    let kept = try #require(
      try lines.first { line in
        try value(line, "metric") == "rss_drained_1s_bytes" && value(line, "verdict") == "gain"
      })
    #expect(try value(kept, "workload") == "phases" && value(kept, "setting") == "idle-trim")
    #expect(try value(kept, "kind") == "effect" && value(kept, "with") == "on" && value(kept, "without") == "off")
    #expect(try value(kept, "other_setting") == "" && value(kept, "rounds_count") == "10")
    #expect(try value(kept, "with_switches") == "profile=full")
    #expect(try value(kept, "without_switches") == "profile=full;idle-trim=off")
    // Medians are as measured; a MiB on both sides of 3 and 15 MiB makes a quarter.
    #expect(try value(kept, "with_median") == "3145728.0" && value(kept, "without_median") == "15728640.0")
    #expect(abs((Double(try value(kept, "ratio")) ?? 0) - 0.25) < 1e-9)
    let verdicts = Set(try lines.dropFirst().map { try value($0, "verdict") })
    #expect(verdicts == ["gain", "cost", "same"])
    let together = AblationRecords.table(AblationScene.factorial()).render(.csv)
    #expect(
      together.contains(",interaction,tiering,on,off,idle-trim,on,off,throughput_ops_per_s,op/s,higher,10,,,,,,,1.2"))
  }

  @Test("the document says who measured what on which machine, and sums it up from the figures")
  func document() {
    let rows = AblationScene.rows()
    let report = AblationScene.report(rows)
    let command = "acebench ablate larson -o 'results/my ablation'"
    let text = AblationDocument(report, rows, base: "full", command: command).render()
    #expect(
      text.hasPrefix("# What ACE's settings are worth\n\nMade by\n\n```sh\n\(command)\n```\n\nMeasured 2026-01-02 on "))
    #expect(text.contains("on Processor 9000, 2 cores, Linux "))
    #expect(text.contains("commit abc1234; ace is `0123456789ab`.\n"))
    #expect(text.contains("for all 18 figures on this page"))
    #expect(text.contains("adjusted p of at most 0.05 and reaches beyond 1 %."))
    #expect(
      text.contains(
        """
        ## Summary

        - 2 of 3 settings move something on at least one of 2 workloads.
        - With a cost on some workload: tiering: on against off.
        - Nothing was seen of warm-pool: on against off.

        | setting |
        """))
    #expect(text.contains("\n## larson, 2 threads\n\n`blocks=9`\n\n1 of 3 settings move something"))
    #expect(!text.contains("did not finish"))
    let factorial = AblationDocument(AblationScene.factorial(), rows, base: "full", command: command).render()
    #expect(factorial.contains("Every combination of the settings was measured"))
  }

  @Test("what failed is in the document, and what is left is judged")
  func failures() {
    let rows = AblationScene.rows(failing: true)
    let text = AblationDocument(AblationScene.report(rows), rows, base: "full", command: "acebench ablate").render()
    #expect(
      text.hasSuffix(
        """
        ## What did not finish

        - ace [profile=full;warm-pool=off] on larson, memory pass: 10 rounds, crash (signal 11)
        - ace [profile=full;warm-pool=off] on phases, memory pass: 10 rounds, crash (signal 11)

        """))
    #expect(text.contains("| warm-pool: on against off |") && text.contains("| – |"))
  }
}
