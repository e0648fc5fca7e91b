// SPDX-License-Identifier: MIT

import Reports
import Testing

@Suite("The summary of a program's runs")
struct ProgramSummaryTests {
  private func figures(_ elapsedNanoseconds: Double, status: Int32 = 0) -> ProgramSummary.Figures {
    ProgramSummary.Figures(
      elapsedNanoseconds: elapsedNanoseconds, processorNanoseconds: elapsedNanoseconds, peakRSSByteCount: nil,
      minorFaultCount: 1, status: status)
  }

  @Test("compares each allocator with the first, round by round")
  func sentences() {
    var summary = ProgramSummary(allocators: ["system", "other"])
    for _ in 0..<6 {
      summary.add("system", figures(2000))
      summary.add("other", figures(1000))
    }
    #expect(summary.sentences == ["other ran 2.00 (2.00 to 2.00) times as fast as system"])
  }

  @Test("takes nothing from a program that failed but its status")
  func failures() {
    var summary = ProgramSummary(allocators: ["system", "broken"])
    for _ in 0..<6 {
      summary.add("system", figures(2000))
      summary.add("broken", figures(10, status: 139))
    }
    #expect(summary.sentences.isEmpty)
    let lines = summary.table.render(.plain).split(separator: "\n")
    #expect(lines.first { $0.hasPrefix("system") }?.contains("2.00 µs*") == true)
    #expect(lines.first { $0.hasPrefix("broken") }?.hasSuffix("with status 139") == true)
    #expect(lines.first { $0.hasPrefix("broken") }?.contains("10.0 ns") == false)
  }
}
