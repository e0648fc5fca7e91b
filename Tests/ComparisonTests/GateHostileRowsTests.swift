// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Results
import Testing

@Suite("Rows of a gate that no gate has written")
struct GateHostileRowsTests {
  @Test(
    "a size that nothing can have is no figure",
    arguments: [MetricValue.count(0), .real(-1), .real(1e200), .real(1e-200)])
  func impossibleSizes(_ size: MetricValue) {
    var rows = GateRows()
    for index in 0...1 { rows.settings.cells[index].metrics = [.peakRSS: Margins()] }
    for index in rows.samples.indices {
      rows.samples[index].pass = .memory
      let isHead = rows.samples[index].arm.allocator == "head"
      rows.samples[index].metrics[.residentPeak] = isHead ? size : .count(50_000_000)
    }
    let report = rows.report
    #expect(report.verdict == .error)
    #expect(report.reasons.contains { $0.hasPrefix("rows 3, 5, 7") && $0.contains(": no usable ") })
  }

  @Test("figures that are worlds apart are no figures, and the report can be written")
  func worldsApart() throws {
    var rows = GateRows()
    for index in rows.samples.indices {
      let isHead = rows.samples[index].arm.allocator == "head"
      rows.samples[index].metrics[.throughput] = .real(isHead ? 1e300 : 1e-300)
    }
    #expect(rows.report.verdict == .error)
    _ = try JSONEncoder().encode(rows.report)
  }

  @Test("stolen time beyond all numbers is the largest there is")
  func stolenTime() {
    var rows = GateRows()
    for index in 0...2 { rows.samples[index].disturbance.stealTickCount = .max }
    #expect(rows.report.facts.stolenTickCount == .max)
    #expect(rows.report.verdict == .pass)
  }

  @Test("a row that stands in for another of a mirrored round is told")
  func mirroredTwice() {
    var rows = GateRows(order: .mirrored)
    // base, head, head, base: the last is the first once more.
    rows.samples[3] = rows.samples[0]
    let report = rows.report
    #expect(report.verdict == .error)
    #expect(report.reasons.contains { $0.contains("row 5: the same arm has run") }, "\(report.reasons)")
  }

  @Test(
    "of rows without a day nobody knows whether an ignore still holds",
    arguments: ["", "soon", "2026-13-01T00:00:00Z"])
  func noDay(time: String) {
    var rows = GateRows()
    rows.settings.cells[0].ignore = GateIgnore(reason: "known", until: "2099-01-01")
    #expect(rows.report.verdict == .pass)
    for index in rows.samples.indices { rows.samples[index].utcTime = time }
    #expect(rows.report.verdict == .invalid)
  }

  @Test("of very many sessions only some are named")
  func manySessions() {
    var rows = GateRows()
    for index in rows.samples.indices { rows.samples[index].sessionIdentifier = "session \(index)" }
    let report = rows.report
    #expect(report.verdict == .invalid)
    #expect(report.reasons.contains { $0.hasSuffix("session session 5 in row 7; and \(rows.samples.count - 6) more") })
  }

  @Test("a stored session whose differences no figures can have is not sound", arguments: [1e308, -1e308, 500])
  func hostileSession(difference: Double) {
    let differences = Array(repeating: difference, count: 10)
    #expect(
      GateSessionFigure(
        cellIdentifier: "a", title: "a", metric: .throughput, differences: differences, referenceMedian: 1) == nil)
  }
}
