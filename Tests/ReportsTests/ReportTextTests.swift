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
    #expect(lines[1] == "throughput, more is better")
    #expect(lines[2].hasPrefix("    fast 20.0 M/s (19.7 M/s to 20.3 M/s) ██"))
    #expect(lines[2].count == 72)
    #expect(lines[3].hasPrefix("  system                       10.0 M/s ██"))
    let fast = lines[2].count { $0 == "█" }
    #expect(abs(fast - 2 * lines[3].count { $0 == "█" }) <= 1)
    #expect(lines[4] == "peak memory, less is better")
    #expect(!lines.contains { $0.contains("null") })
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
    #expect(lines.contains("phases, 2 threads") && lines.contains("no round finished"))
    #expect(lines.contains("bad: 1 memory run ended by crash (signal 6)"))
  }
}
