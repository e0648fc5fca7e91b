// SPDX-License-Identifier: MIT

import Results

/// Tables of what ACE told of itself, one a cell, with a column for each arm: medians over its processes.
public struct ACESummary {
  /// A line of the tables. Fields are named as `ace.h` has them.
  private struct Line {
    var title: String
    var field: String
    var unit: Metric.Unit
    /// What the field is divided by, a sum of fields; nothing where it stands by itself.
    var divisor: [String]

    init(_ title: String, _ field: String, _ unit: Metric.Unit = .count, per divisor: String...) {
      (self.title, self.field, self.unit, self.divisor) = (title, field, unit, divisor)
    }
  }

  private static let lines = [
    Line("refills", "refill_count"),
    Line("blocks refilled", "refilled_block_count"),
    Line("blocks a refill", "refilled_block_count", .ratio, per: "refill_count"),
    Line("blocks carved", "carved_block_count"),
    Line("blocks borrowed", "borrowed_block_count"),
    Line("remote frees", "remote_free_count"),
    Line("remote batches", "remote_batch_count"),
    Line("slabs claimed", "slab_claim_count"),
    Line("slabs released", "slab_release_count"),
    Line("warm pool hit rate", "warm_hit_count", .ratio, per: "warm_hit_count", "warm_miss_count"),
    Line("lists shrunk", "shrunk_list_count"),
    Line("superslabs", "superslab_count"),
    Line("superslabs hot", "hot_superslab_count"),
    Line("superslabs draining", "draining_superslab_count"),
    Line("superslabs free", "free_superslab_count"),
    Line("mid allocations", "mid_allocation_count"),
    Line("large allocations", "large_allocation_count"),
    Line("huge allocations", "huge_allocation_count"),
    Line("foreign frees", "foreign_free_count"),
    Line("heaps", "heap_count"),
    Line("heaps adopted", "adopted_heap_count"),
    Line("committed", "committed_bytes", .bytes),
    Line("slabs in use", "tiny_slab_bytes", .bytes),
    Line("empty slabs", "free_slab_bytes", .bytes),
    Line("large cached", "large_cached_bytes", .bytes),
    Line("purged", "purged_bytes", .bytes),
    Line("trimmed in part-live", "trimmed_bytes", .bytes),
    Line("resident, by ACE", "resident_bytes", .bytes),
    Line("ticks", "tick_count"),
    Line("decisions", "decision_count"),
  ]

  private var series: [Cell: [Arm: ACESeries]] = [:]

  public init() {}

  /// Takes the figures of a process.
  public mutating func add(_ figures: ACEFigures, of sample: Sample) {
    series[sample.cell, default: [:]][sample.arm, default: ACESeries()].add(figures, of: sample)
  }

  /// Whether no process told anything.
  public var isEmpty: Bool { series.isEmpty }

  /// The median of a field, for programs; nil when nothing was told of it.
  func median(of field: String, _ cell: Cell, _ arm: Arm) -> Double? { series[cell]?[arm]?.median(of: field) }

  /// All tables with a heading each.
  ///
  /// - Parameter width: Columns of the terminal; nil for no limit.
  public func render(_ style: TextTable.Style, width: Int? = nil) -> String {
    let cells = series.keys.sorted {
      ($0.workload, $0.threadCount, $0.identifier) < ($1.workload, $1.threadCount, $1.identifier)
    }
    return cells.map { cell in
      let arms = (series[cell] ?? [:]).sorted {
        ($0.key.allocator, $0.key.switches) < ($1.key.allocator, $1.key.switches)
      }
      return heading(cell, arms.map(\.value), style) + table(arms).render(style, width: width)
    }.joined(separator: "\n")
  }

  private func heading(_ cell: Cell, _ arms: [ACESeries], _ style: TextTable.Style) -> String {
    let processCount = arms.map(\.processCount).max() ?? 0
    let processes = processCount == 1 ? "1 process" : "medians of \(processCount) processes"
    return style.heading("ACE's counters: \(cell.words), \(processes)")
  }

  private func table(_ arms: [(key: Arm, value: ACESeries)]) -> TextTable {
    var table = TextTable(
      columns: [TextTable.Column("counter")] + arms.map { TextTable.Column($0.key.words, .right) })
    for line in Self.lines {
      let entries = arms.map { TextTable.Entry(Self.text(line, of: $0.value)) }
      table.append([TextTable.Entry(line.title)] + entries)
    }
    return table
  }

  private static func text(_ line: Line, of series: ACESeries) -> String {
    guard let value = series.median(of: line.field) else { return "–" }
    guard !line.divisor.isEmpty else { return NumberFormat.text(value, unit: line.unit) }
    let count = line.divisor.compactMap { series.median(of: $0) }.reduce(0, +)
    return count > 0 ? NumberFormat.text(value / count, unit: line.unit) : "–"
  }
}
