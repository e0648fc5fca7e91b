// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Results as text for a terminal: the table and small bars of each workload, and the ratios over all.
public struct ReportText {
  private let model: ReportModel
  private let style: TextTable.Style
  private let width: Int?

  /// - Parameters:
  ///   - base: As for `ReportPage`.
  ///   - width: Columns of the terminal; nil for no limit.
  public init(
    _ results: [ReportResult], base: (([Arm]) -> Arm?)? = nil, style: TextTable.Style = .plain, width: Int? = nil
  ) {
    model = ReportModel(results, base: base ?? ReportPage.usualBase)
    (self.style, self.width) = (style, width)
  }

  public func render() -> String {
    let parts = model.cells.map(cell) + [ratios, ablation].filter { !$0.isEmpty }
    return parts.joined(separator: "\n") + notes
  }

  private func cell(_ cell: Cell) -> String {
    let parts = [
      (Metric.throughput, "throughput, more is better"), (.residentPeak, "peak memory, less is better"),
    ].compactMap { metric, title -> String? in
      let chart = chart(metric, cell)
      return chart.isEmpty ? nil : "\(title)\n\(chart)"
    }
    return style.heading(model.names.words(cell).printable) + table(cell).render(style, width: width) + parts.joined()
      + model.competitors(in: cell).flatMap { failures(cell, $0) }.map { $0 + "\n" }.joined()
  }

  private static let figures: [(metric: Metric, title: String)] = [
    (.throughput, "throughput"), (.netPerOperation, "net/op"), (.mallocP99, "p99 malloc"), (.freeP99, "p99 free"),
    (.residentPeak, "peak RSS"), (.fragmentation, "fragmentation"),
  ]

  /// Medians over rounds, the best marked, the floor last; figures that nobody has are left out.
  private func table(_ cell: Cell) -> TextTable {
    let arms = model.arms.filter { model.series(cell, $0) != nil }
    let competitors = arms.filter { !$0.arm.isFloor }
    let figures = Self.figures.filter { figure in
      competitors.contains { (model.series(cell, $0)?.valueCount(figure.metric) ?? 0) > 0 }
    }
    var table = TextTable(
      columns: [TextTable.Column("allocator")] + figures.map { TextTable.Column($0.title, .right) })
    for arm in arms {
      let entries = figures.map { metric, _ -> TextTable.Entry in
        // Above the floor, and of memory that overlaps by design, the floor has nothing to say.
        guard let median = model.series(cell, arm)?.median(metric),
          !arm.arm.isFloor || ![.netPerOperation, .fragmentation].contains(metric)
        else { return TextTable.Entry("–") }
        let medians = competitors.compactMap { model.series(cell, $0)?.median(metric) }
        let best = metric.direction == .higherIsBetter ? medians.max() : medians.min()
        return TextTable.Entry(
          Self.text(median, metric), isBest: !arm.arm.isFloor && medians.count > 1 && median == best)
      }
      table.append([TextTable.Entry(model.names.label(arm).printable)] + entries)
    }
    return table
  }

  private func chart(_ metric: Metric, _ cell: Cell) -> String {
    let bars = model.competitors(in: cell).compactMap { arm -> BarChart.Bar? in
      guard let point = model.series(cell, arm)?.point(metric) else { return nil }
      let interval = point.interval.map { interval in
        let (low, high) = (Self.text(interval.lowerBound, metric), Self.text(interval.upperBound, metric))
        return low == high ? "" : " (\(low) to \(high))"
      }
      return BarChart.Bar(
        label: "  " + model.names.label(arm).printable, value: max(0, point.value),
        note: Self.text(point.value, metric) + (interval ?? ""))
    }
    guard bars.contains(where: { $0.value > 0 }) else { return "" }
    return BarChart(bars: bars).render(width: min(width ?? Self.usualWidth, Self.mostWidth))
  }

  private static let usualWidth = 80
  /// Longer bars are no clearer.
  private static let mostWidth = 100

  private static func text(_ value: Double, _ metric: Metric) -> String {
    NumberFormat.text(value, unit: metric.unit)
  }

  private func failures(_ cell: Cell, _ arm: ReportArm) -> [String] {
    guard let series = model.series(cell, arm) else { return ["\(model.names.label(arm)): not measured"] }
    return Pass.allCases.flatMap { pass in
      (series.failures[pass] ?? [:]).sorted { ($1.value, $0.key.words) < ($0.value, $1.key.words) }.map {
        "\(model.names.label(arm)): \(AblationWords.count($0.value, "\(pass.rawValue) run")) ended by \($0.key.words)"
      }
    }
  }

  /// The same as the page's summary.
  private var ratios: String {
    let metrics = ReportMetrics.compared.filter(model.has)
    let arms = model.competitors.filter { arm in metrics.contains { model.mean($0, arm) != nil } }
    guard !arms.isEmpty else { return "" }
    var table = TextTable(
      columns: [TextTable.Column("allocator")] + metrics.map { TextTable.Column(ReportMetrics.title($0), .right) })
    for arm in arms {
      let entries = metrics.map { model.mean($0, arm).map(ReportWords.ratio) ?? "–" }
      table.append(([model.names.label(arm)] + entries).map { TextTable.Entry($0) })
    }
    let title = model.cells.count > 1 ? "geometric means of ratios to" : "ratios to"
    return style.heading("\(title) \(model.baseWords), with 95 % intervals") + table.render(style, width: width)
  }

  /// What settings surely move, the largest first.
  private var ablation: String {
    let moved = model.results.flatMap(\.effects).filter(\.isMoved)
      .sorted { max($0.ratio, 1 / $0.ratio) > max($1.ratio, 1 / $1.ratio) }
    guard model.results.contains(where: \.hasEffects) else { return "" }
    guard !moved.isEmpty else { return style.heading("what settings are worth") + "nothing is moved beyond doubt\n" }
    var table = TextTable(
      columns: ["setting", "workload", "figure", "change", "interval", ""].map { TextTable.Column($0) },
      keyColumnCount: 2)
    for effect in moved {
      let interval = effect.interval.map {
        "\(PlotEffects.change($0.lowerBound)) to \(PlotEffects.change($0.upperBound))"
      }
      let entries = [
        effect.setting, model.names.name(effect.cell), ReportMetrics.title(effect.metric),
        PlotEffects.change(effect.ratio), interval ?? "", effect.verdict,
      ]
      table.append(entries.map { TextTable.Entry($0.printable) })
    }
    return style.heading("what settings are worth, the largest first") + table.render(style, width: width)
  }

  private var notes: String {
    model.effects.enumerated().flatMap { index, report in
      (report?.faults ?? []).map { fault in
        let name = model.results[index].name
        return "\nno ratios: \(fault.words(base: name, candidate: name))\n"
      }
    }.joined()
  }
}
