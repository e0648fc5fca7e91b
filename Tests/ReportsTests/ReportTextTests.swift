// SPDX-License-Identifier: MIT

import Results
import Testing

@testable import Reports

@Suite struct ReportTextTests {
  private func lines(_ result: ReportResult, width: Int? = 72) -> [String] {
    ReportText([result], width: width).render().split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
  }

  @Test("bars for each workload, the longest as wide as there is room, and ratios over all")
  func bars() throws {
    let lines = lines(ReportScene.result())
    #expect(lines[0] == "larson, 2 threads")
    #expect(
      lines[1...4] == [
        "allocator  throughput   p99 malloc   peak RSS", "fast         20.0 M/s*      150 ns*  11.4 MiB",
        "system       10.0 M/s       300 ns   7.63 MiB*", "null         90.0 M/s      33.3 ns    781 KiB",
      ])
    #expect(lines[5] == "throughput, more is better")
    #expect(lines[6].hasPrefix("    fast 20.0 M/s (19.7 M/s to 20.3 M/s) ██"))
    #expect(lines[6].count == 72)
    #expect(lines[7].hasPrefix("  system                        10.0 M/s ██"))
    let fast = lines[6].count { $0 == "█" }
    #expect(abs(fast - 2 * lines[7].count { $0 == "█" }) <= 1)
    #expect(lines[8] == "peak memory, less is better")
    // The floor is in the table, and has no bar.
    #expect(!lines.contains { $0.contains("null") && $0.contains("█") })
    let heading = try #require(lines.firstIndex(of: "geometric means of ratios to system, with 95 % intervals"))
    #expect(lines[heading + 1].hasPrefix("allocator"))
    #expect(lines[heading + 2].hasPrefix("fast") && lines[heading + 2].contains("2.00 (1.98 to 2.02)"))
  }

  @Test("what failed is told below the bars, also where nothing finished")
  func failures() {
    var samples = ReportScene.samples(workloads: ["larson"])
    samples.append(ReportScene.sample("bad", [:], "larson", .time, 1, outcome: Outcome(.oom)))
    samples.append(ReportScene.sample("bad", [:], "phases", .memory, 1, outcome: Outcome(.crash, signal: 6)))
    let lines = lines(ReportScene.result(samples))
    #expect(lines.contains("bad: 1 time run ended by out of memory"))
    #expect(lines.contains("phases, 2 threads"))
    #expect(lines.contains("bad: 1 memory run ended by crash (signal 6)"))
  }
}
