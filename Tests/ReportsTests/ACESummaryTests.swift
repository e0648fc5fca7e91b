// SPDX-License-Identifier: MIT

import Results
import Testing

@testable import Reports

@Suite struct ACESummaryTests {
  private func add(
    _ summary: inout ACESummary, _ process: [String: UInt64], allocator: String = "ace", pass: Pass = .time,
    round: UInt32 = 1
  ) {
    summary.add(ACEFigures(process: process), of: Samples.make(allocator, [:], pass: pass, round: round))
  }

  @Test("a column an arm, of medians over the processes of one pass")
  func table() {
    var summary = ACESummary()
    #expect(summary.isEmpty)
    for (round, count) in [(1, 10), (2, 30), (3, 20)] as [(UInt32, UInt64)] {
      add(&summary, ["refill_count": count, "refilled_block_count": 50 * count, "purged_bytes": 3 << 20], round: round)
    }
    // The memory pass performs the workload once, whatever the time pass does.
    add(&summary, ["refill_count": 7_000_000], pass: .memory)
    add(&summary, ["refill_count": 123_456], allocator: "ace-table")
    #expect(!summary.isEmpty)
    let lines = summary.render(.plain).split(separator: "\n").map(String.init)
    #expect(lines.first == "ACE's counters: larson, 2 threads, blocks=100, medians of 3 processes")
    #expect(lines.dropFirst().first?.split(separator: " ") == ["counter", "ace", "ace-table"])
    func entries(_ title: String) -> [Substring]? {
      lines.first { $0.hasPrefix(title + "  ") }?.dropFirst(title.count).split(separator: " ")
    }
    #expect(entries("refills") == ["20", "123", "k"])
    #expect(entries("blocks refilled") == ["1000", "–"])
    #expect(entries("blocks a refill") == ["50.0", "–"])
    #expect(entries("purged") == ["3.00", "MiB", "–"])
    #expect(entries("slabs claimed") == ["–", "–"])
  }

  @Test("a rate is of the sum that it is part of, and none where there is nothing")
  func rates() {
    var summary = ACESummary()
    add(&summary, ["warm_hit_count": 30, "warm_miss_count": 10, "trimmed_bytes": 2 << 20])
    add(&summary, ["warm_hit_count": 0, "warm_miss_count": 0], allocator: "idle")
    let lines = summary.render(.plain).split(separator: "\n")
    #expect(
      lines.first { $0.hasPrefix("warm pool hit rate") }?.split(separator: " ").suffix(2) == ["0.750", "–"])
    #expect(lines.contains { $0.hasPrefix("trimmed in part-live") && $0.contains("2.00 MiB") })
  }

  @Test("records have the fields that are asked for, where there was something told")
  func records() {
    var records = SweepRecords(aceFields: ["refill_count"])
    for allocator in ["ace", "system"] { records.add(Samples.make(allocator, [.throughput: 5])) }
    records.add(ACEFigures(process: ["refill_count": 8]), of: Samples.make("ace", [:]))
    let table = records.table
    #expect(table.fields.last == "ace_refill_count")
    #expect(table.records.map(\.last) == [.real(8), FieldValue.none])
    #expect(!SweepRecords().table.fields.contains("ace_refill_count"))
  }
}
