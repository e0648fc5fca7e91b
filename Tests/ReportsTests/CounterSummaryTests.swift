// SPDX-License-Identifier: MIT

import Measurement
import Profiling
import Reports
import Testing

@Suite("The table of counters")
struct CounterSummaryTests {
  private func round(
    _ cycles: Result<CounterReading, CounterAbsence>, instructions: UInt64 = 400, faults: Double = 10
  ) -> CounterRound {
    CounterRound(
      counters: [.cycles: cycles, .instructions: reading(instructions), .pageFaults: .failure(.notPermitted)],
      charges: [.elapsed: 1500, .minorFaults: faults, .majorFaults: 0])
  }

  private func reading(_ value: UInt64, running: UInt64 = 100, userOnly: Bool = false)
    -> Result<CounterReading, CounterAbsence>
  {
    .success(
      CounterReading(rawValue: value, enabledNanoseconds: 100, runningNanoseconds: running, isUserOnly: userOnly))
  }

  private func cells(_ summary: CounterSummary, _ counter: String) -> [String] {
    let row = summary.table.rows.first { $0[0].text == counter }
    return row?.dropFirst().map(\.text) ?? []
  }

  private func record(_ summary: CounterSummary, _ allocator: String, _ counter: String) -> [String: FieldValue] {
    let table = summary.records
    let record = table.records.first { $0[0] == .text(allocator) && $0[1] == .text(counter) }
    return Dictionary(uniqueKeysWithValues: zip(table.fields, record ?? []))
  }

  @Test("has medians side by side, ratios of counters, and where each is from")
  func medians() {
    var summary = CounterSummary(allocators: ["system", "other"])
    for (index, cycles) in [200, 800, 400].enumerated() {
      summary.add("system", round: index + 1, round(reading(UInt64(cycles))))
      summary.add("other", round: index + 1, round(reading(UInt64(cycles) * 2), faults: 20))
    }
    #expect(cells(summary, "cycles") == ["400", "800", "perf"])
    #expect(cells(summary, "instructions-per-cycle") == ["1.00", "0.500", "perf"])
    #expect(cells(summary, "page-faults") == ["10", "20", "rusage"])
    #expect(cells(summary, "elapsed") == ["1.50 µs", "1.50 µs", "rusage"])
    let other = record(summary, "other", "cycles")
    #expect(other["median"] == .real(800))
    #expect(other["minimum"] == .real(400))
    #expect(other["maximum"] == .real(1600))
    #expect(other["ratio_to_first"] == .real(2))
    #expect(other["ratio_low"] == FieldValue.none)
    #expect(other["rounds_count"] == .integer(3))
    #expect(record(summary, "system", "cycles")["ratio_to_first"] == FieldValue.none)
  }

  @Test("has the interval of a ratio where there are rounds enough")
  func intervals() {
    var summary = CounterSummary(allocators: ["system", "other"])
    for index in 1...8 {
      summary.add("system", round: index, round(reading(1000)))
      summary.add("other", round: index, round(reading(1500)))
    }
    let other = record(summary, "other", "cycles")
    guard case .real(let low) = other["ratio_low"], case .real(let high) = other["ratio_high"] else {
      Issue.record("no interval")
      return
    }
    #expect(low <= 1.500001 && high >= 1.499999)
  }

  @Test("never has a zero for what was not counted")
  func absences() {
    var summary = CounterSummary(allocators: ["a", "b", "c"])
    summary.add("a", round: 1, round(.failure(.notSupported)))
    summary.add("b", round: 1, round(.failure(.notPermitted)))
    summary.add("c", round: 1, round(reading(0, running: 0)))
    #expect(cells(summary, "cycles") == ["not supported (no PMU)", "not permitted", "not counted", "–"])
    #expect(cells(summary, "instructions-per-cycle").contains("0") == false)
    let record = record(summary, "a", "cycles")
    #expect(record["median"] == FieldValue.none)
    #expect(record["absence"] == .text("not-supported"))
    #expect(summary.records.render(.json).contains(#""counter": "cycles", "unit": "count", "source": null"#))
    #expect(summary.remarks.count == 2)
  }

  @Test("marks what is scaled, and what leaves the kernel out")
  func marks() {
    var summary = CounterSummary(allocators: ["a"])
    summary.add("a", round: 1, round(reading(50, running: 25, userOnly: true)))
    #expect(cells(summary, "cycles").first == "200:u (25%)")
    #expect(summary.remarks.count == 2)
  }
}
