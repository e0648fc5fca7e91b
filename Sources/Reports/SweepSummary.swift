// SPDX-License-Identifier: MIT

import Results

/// A table per workload of what a sweep measured: medians over rounds, the best of the real allocators marked.
public struct SweepSummary {
  /// A figure of the table and its title.
  private static let figures: [(metric: Metric, title: String)] = [
    (.throughput, "throughput"), (.netPerOperation, "net/op"), (.mallocP99, "p99 malloc"), (.freeP99, "p99 free"),
    (.residentPeak, "peak RSS"), (.fragmentation, "fragmentation"),
  ]
  private static let missing = "–"

  private var cellSeries = CellSeries(metrics: figures.map(\.metric))

  public init() {}

  /// Takes a row, failed ones included; a later attempt at a round takes the place of an earlier one.
  public mutating func add(_ sample: Sample) { cellSeries.add(sample) }

  /// All tables with a heading each, and below a table what failed in some of its rounds.
  ///
  /// - Parameter width: Columns of the terminal; nil for no limit.
  public func render(_ style: TextTable.Style, width: Int? = nil) -> String {
    var cellsByWorkload: [(workload: String, cells: [Cell])] = []
    for cell in cellSeries.cells {
      if cellsByWorkload.last?.workload == cell.workload {
        cellsByWorkload[cellsByWorkload.count - 1].cells.append(cell)
      } else {
        cellsByWorkload.append((cell.workload, [cell]))
      }
    }
    return cellsByWorkload.map { workload, cells in
      let keys = SummaryKeys(cells, arms: cells.flatMap { cellSeries.arms(of: $0).map(\.arm) })
      let notes = notes(cells, keys)
      let separator = style == .markdown ? "\n" : ""
      return heading(workload, cells, keys, style) + separator + table(cells, keys).render(style, width: width)
        + (notes.isEmpty ? "" : separator + notes.map { $0 + "\n" }.joined())
    }.joined(separator: "\n")
  }

  private func heading(_ workload: String, _ cells: [Cell], _ keys: SummaryKeys, _ style: TextTable.Style) -> String {
    let roundCount = Set(
      cells.flatMap { cell in
        cellSeries.arms(of: cell).flatMap { arm in
          Self.figures.flatMap { arm.series.values(of: $0.metric).keys }
        }
      }
    ).count
    let rounds =
      switch roundCount {
      case 0: "no round finished"
      case 1: "1 round"
      default: "medians of \(roundCount) rounds"
      }
    let text = ([workload] + keys.common + [rounds]).joined(separator: ", ")
    return switch style {
    case .plain: text + "\n"
    case .colored: "\u{1b}[1;4m\(text)\u{1b}[0m\n"
    case .markdown: "### \(text)\n"
    }
  }

  private func table(_ cells: [Cell], _ keys: SummaryKeys) -> TextTable {
    var table = TextTable(
      columns: keys.columns + Self.figures.map { TextTable.Column($0.title, .right) },
      keyColumnCount: keys.columns.count)
    for cell in cells {
      let arms = cellSeries.arms(of: cell)
      let best = Self.figures.map { Self.best($0.metric, of: arms) }
      for (arm, series) in arms {
        let entries = zip(Self.figures, best).map { figure, best in
          // Above the floor, and of memory that overlaps by design, the floor has nothing to say.
          let isMeaningless = arm.isFloor && [.netPerOperation, .fragmentation].contains(figure.metric)
          let text = isMeaningless ? Self.missing : Self.text(figure.metric, of: series)
          return TextTable.Entry(text, isBest: !arm.isFloor && text == best)
        }
        table.append(keys.entries(cell, arm) + entries)
      }
    }
    return table
  }

  /// A median; where there is none because processes failed, how they did, once per pass.
  private static func text(_ metric: Metric, of series: ArmSeries) -> String {
    if let median = series.median(of: metric) { return NumberFormat.text(median, unit: metric.unit) }
    guard let pass = metric.pass, let failures = series.failures(in: pass), failures.failureCount == failures.runCount,
      metric == figures.first(where: { $0.metric.pass == pass })?.metric
    else { return missing }
    return failures.last.words
  }

  /// The best median as it is printed, or nil where nothing competes.
  private static func best(_ metric: Metric, of arms: [(arm: Arm, series: ArmSeries)]) -> String? {
    let medians = arms.filter { !$0.arm.isFloor }.compactMap { $0.series.median(of: metric) }
    guard medians.count > 1, let least = medians.min(), let greatest = medians.max() else { return nil }
    return NumberFormat.text(metric.direction == .higherIsBetter ? greatest : least, unit: metric.unit)
  }

  /// What failed in some rounds and not in others, for the table shows medians of the others.
  private func notes(_ cells: [Cell], _ keys: SummaryKeys) -> [String] {
    cells.flatMap { cell in
      cellSeries.arms(of: cell).flatMap { arm, series in
        Pass.allCases.compactMap { pass in
          guard let failures = series.failures(in: pass), failures.failureCount < failures.runCount else { return nil }
          let name = keys.entries(cell, arm).map(\.text).filter { !$0.isEmpty }.joined(separator: ", ")
          return "\(name): \(failures.failureCount) of \(failures.runCount) \(pass.rawValue) runs failed, the last by "
            + failures.last.words
        }
      }
    }
  }
}
