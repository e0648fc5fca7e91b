// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Results
import Testing

@Suite struct EffectTablesTests {
  static let arms = ComparedArms(
    base: Arm(allocator: "system"), candidate: Arm(allocator: "ace", switches: "front=off"))

  /// Eight rounds of two workloads: one cell clearly faster, one the same, one unclear; memory in three rounds.
  static func report(_ arms: [ComparedArms] = [arms], environment: String = "", isApart: Bool = false) -> EffectReport {
    var base = ComparedRows(metrics: [.throughput, .residentPeak])
    var candidate = base
    var row: UInt64 = 1
    func add(_ arm: Arm, _ metric: Metric, _ value: Double, _ workload: String, _ slots: Int, _ round: UInt32) {
      var sample = Samples.make(
        arm.allocator, [metric: value], workload: workload, parameters: "operations=9;slots=\(slots)",
        switches: arm.switches, pass: metric == .throughput ? .time : .memory, round: round)
      row += 1
      base.add(sample, row: row)
      sample.environment.identifier = environment
      candidate.add(sample, row: row)
    }
    for round in 1...8 as ClosedRange<UInt32> {
      let wobble = Double(round % 4) - 1.4
      for pair in arms {
        for (workload, slots, ratio) in [("larson", 5, 1.5), ("mixed", 50, 1.0), ("mixed", 60, 0.995)] {
          add(pair.base, .throughput, 1e7, workload, slots, round)
          let spread = slots == 60 ? 0.05 : slots == 50 ? 0 : 0.01
          add(pair.candidate, .throughput, 1e7 * ratio * (1 + spread * wobble), workload, slots, round)
        }
        guard round <= 3 else { continue }
        add(pair.base, .residentPeak, 64 * 1_048_576, "larson", 5, round)
        add(pair.candidate, .residentPeak, 32 * 1_048_576, "larson", 5, round)
      }
    }
    return EffectAnalysis(base: base, candidate: isApart ? candidate : nil, arms: arms).report()
  }

  @Test("a table for each metric with the mean below it, and a sentence that sums it up")
  func plain() {
    #expect(
      EffectTables(Self.report()).render(.plain) == """
        throughput_ops_per_s, higher is better, 8 rounds
        workload               system  ace [front=off]   ratio (95 % interval)  adjusted p  verdict
        larson               10.0 M/s         15.0 M/s*  1.50 (1.49 to 1.52)        0.0234  better
        mixed slots=50       10.0 M/s         10.0 M/s   1.00 (1.00 to 1.00)        1.0000  same
        mixed slots=60       10.0 M/s         10.0 M/s   1.00 (0.95 to 1.05)        0.9141  unclear: try 42 rounds
        geometric mean of 3                              1.14 (1.12 to 1.17)        0.0078  better
        over 3 cells, ace [front=off] ran 1.14 (1.12 to 1.17) times faster than system; 1 better, 1 same, 1 unclear

        rss_peak_bytes, lower is better, 3 rounds
        workload    system  ace [front=off]  ratio (95 % interval)  adjusted p  verdict
        larson    64.0 MiB         32.0 MiB  0.50                            –  unclear: try 6 rounds
        ace [front=off] used 0.50 times the peak memory of system (median of 3 rounds; no 95 % interval exists for fewer than 6)

        """)
  }

  @Test("Markdown has headings, tables and lists")
  func markdown() {
    let text = EffectTables(Self.report()).render(.markdown)
    #expect(
      text.hasPrefix(
        """
        ### throughput_ops_per_s, higher is better, 8 rounds

        | workload | system | ace [front=off] | ratio (95 % interval) | adjusted p | verdict |
        | :--- | ---: | ---: | :--- | ---: | :--- |
        | larson | 10.0 M/s | **15.0 M/s** | 1.50 (1.49 to 1.52) | 0.0234 | better |

        """))
    #expect(text.contains("\n\n- over 3 cells, ace [front=off] ran 1.14"))
  }

  @Test("several pairs have a column, and the sides the names of base and candidate")
  func pairs() {
    let arms = ["ace", "system"].map { ComparedArms(base: Arm(allocator: $0), candidate: Arm(allocator: $0)) }
    let lines = EffectTables(Self.report(arms, isApart: true)).render(.plain).split(separator: "\n")
    #expect(lines[1].hasPrefix("workload             allocator      base  candidate"))
    #expect(lines[2].hasPrefix("larson               ace") && lines[3].hasPrefix("larson               system"))
    #expect(lines.contains { $0.hasPrefix("geometric mean of 3  system") })
    #expect(lines.contains { $0.hasPrefix("ace: over 3 cells, candidate ran as fast as base within the noise") })
  }

  @Test("what is invalid is called so on every line, and no sentence says more")
  func invalid() {
    let text = EffectTables(Self.report(environment: "other", isApart: true)).render(.plain)
    #expect(text.split(separator: "\n").count { $0.hasSuffix("  invalid") } == 5)
    #expect(!text.contains("better\n") && !text.contains("faster"))
  }

  @Test("records have a line for each cell and mean, with numbers as they are")
  func records() {
    let table = EffectRecords.table(Self.report())
    let lines = table.render(.csv).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[0] == "metric,unit,better,scope,workload,parameters,trace_sha256,threads_count,touch,base_allocator,"
        + "base_switches,candidate_allocator,candidate_switches,cells_count,rounds_count,base_median,candidate_median,"
        + "ratio,ratio_low,ratio_high,p,p_adjusted,verdict,rounds_needed_count")
    #expect(
      lines[2] == "throughput_ops_per_s,op/s,higher,cell,mixed,operations=9;slots=50,,2,page,system,,ace,front=off,1,8,"
        + "10000000.0,10000000.0,1.0,1.0,1.0,1.0,1.0,same,")
    #expect(lines[4].hasPrefix("throughput_ops_per_s,op/s,higher,mean,,,,,,system,,ace,front=off,3,8,,,1.1"))
    #expect(lines[5].contains(",1,3,67108864.0,33554432.0,0.5") && lines[5].hasSuffix(",,,,,unclear,6"))
    #expect(lines.count == 7 && lines[6].isEmpty)
    #expect(table.render(.json).contains(#""p_adjusted": null, "verdict": "unclear", "rounds_needed_count": 6}"#))
  }

  struct Sentence {
    var metric: Metric
    var ratios: [Double]
    var text: String
  }

  @Test(
    "a sentence says what a metric's ratio means, with as many digits as it takes to be apart from 1",
    arguments: [
      Sentence(
        metric: .throughput, ratios: [1.02, 1.05, 1.03, 1.03, 1.03, 1.04],
        text: "candidate ran 1.03 (1.02 to 1.05) times faster than base"),
      Sentence(
        metric: .throughput, ratios: [0.998, 0.97, 0.98, 0.98, 0.985, 0.99],
        text: "candidate ran 1.016 (1.002 to 1.031) times slower than base"),
      Sentence(
        metric: .throughput, ratios: Array(repeating: 1.00002, count: 6),
        text: "candidate ran 1.00002 (1.00002 to 1.00002) times faster than base"),
      Sentence(
        metric: .throughput, ratios: [0.9, 1.1, 1, 1, 1, 1],
        text: "candidate ran as fast as base within the noise: 1.00 (0.90 to 1.10) times its speed"),
      Sentence(
        metric: .throughputPerCPU, ratios: [2],
        text: "by time on the processor, candidate ran 2.00 times faster than base "
          + "(1 round; no 95 % interval exists for fewer than 6)"),
      Sentence(
        metric: .residentPeak, ratios: [12, 12, 12, 12, 12, 12.5],
        text: "candidate used 12.0 (12.0 to 12.5) times the peak memory of base"),
      Sentence(
        metric: .mallocP99, ratios: [0.01, 0.02, 0.03],
        text: "candidate had 0.0200 times the malloc_p99_ns of base "
          + "(median of 3 rounds; no 95 % interval exists for fewer than 6)"),
    ])
  func sentences(_ sentence: Sentence) throws {
    var rows = ComparedRows(metrics: [sentence.metric])
    let pass = try #require(sentence.metric.pass)
    for (round, ratio) in zip(UInt32(1)..., sentence.ratios) {
      rows.add(Samples.make("base", [sentence.metric: 1000], pass: pass, round: round), row: 1)
      rows.add(Samples.make("candidate", [sentence.metric: 1000 * ratio], pass: pass, round: round), row: 1)
    }
    let arms = ComparedArms(base: Arm(allocator: "base"), candidate: Arm(allocator: "candidate"))
    let finding = try #require(EffectAnalysis(base: rows, arms: [arms]).report().findings.first)
    #expect(EffectTables.sentence(finding, "candidate", "base") == sentence.text)
  }
}
