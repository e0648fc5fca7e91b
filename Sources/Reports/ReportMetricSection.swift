// SPDX-License-Identifier: MIT

import Comparison
import Results

/// A metric on every workload: as ratios to the base in one figure, and by itself in one for each workload.
struct ReportMetricSection {
  let model: ReportModel
  let metric: Metric
  let pass: Pass
  let identifier: String
  let title: String
  /// What a reader should know of it, in sentences.
  let remark: String

  static func throughput(_ model: ReportModel) -> ReportMetricSection {
    ReportMetricSection(
      model: model, metric: .throughput, pass: .time, identifier: "throughput", title: "Throughput",
      remark: "Operations by wall time, more is better.")
  }

  static func memory(_ model: ReportModel) -> ReportMetricSection {
    ReportMetricSection(
      model: model, metric: .residentPeak, pass: .memory, identifier: "memory", title: "Peak memory",
      remark:
        "The highest resident set above the harness's own, less is better. The dotted line is what was requested at "
        + "most: what an ideal allocator would need.")
  }

  func section() -> ReportSection? {
    guard model.has(metric) else { return nil }
    var section = ReportSection(identifier, title)
    let words = ReportWords(model: model)
    if let figure = ratios {
      section.figure(
        figure, caption: "\(title) of each workload as a ratio to \(model.baseWords). \(words.ratios)",
        measured: words.measured(pass))
    }
    section.grid(
      model.cells.map(panel),
      caption:
        "\(remark) Bars are medians over rounds, the best in bold. \(words.whiskers([metric])) \(metric.formula)",
      measured: words.measured(pass))
    return section
  }

  private var ratios: PlotFigure? {
    let candidates = model.competitors.filter { !model.isBase($0) }
    func row(
      _ name: String, _ detail: String, _ candidates: [ReportArm], _ find: (ReportArm) -> EffectFinding?
    ) -> PlotRatios.Row {
      let found = candidates.compactMap { arm in find(arm).map { (arm: arm, finding: $0) } }
      let missing = candidates.filter { arm in !found.contains { $0.arm == arm } }.map(model.names.label)
      let marks = found.map { arm, finding in
        PlotRatios.Mark(
          style: model.names.style(arm), point: PlotPoint(value: finding.ratio, interval: finding.interval),
          label: model.names.label(arm),
          title: "\(name)\n\(model.names.label(arm)): \(ReportWords.ratio(finding)) × \(model.baseWords)\n"
            + AblationWords.count(finding.roundCount, "round"))
      }
      return PlotRatios.Row(
        name: name, detail: detail, marks: marks,
        note: missing.isEmpty ? "" : "no ratio: " + missing.joined(separator: ", "))
    }
    var rows = model.cells.map { cell in
      let arms = model.competitors(in: cell).filter { !model.isBase($0) }
      return row(cell.workload, model.names.detail(cell), arms) { model.finding(metric, cell, $0) }
    }
    guard rows.contains(where: { !$0.marks.isEmpty }) else { return nil }
    if rows.count > 1 {
      let partial = model.partialMeans([metric])
      var mean = row("geometric mean", AblationWords.count(rows.count, "workload"), candidates) {
        model.mean(metric, $0)
      }
      if !partial.isEmpty { mean.note = partial }
      mean.isStrong = true
      if !mean.marks.isEmpty { rows.insert(mean, at: 0) }
    }
    let way = metric.direction == .higherIsBetter ? "right is better" : "left is better"
    let plot = PlotRatios(
      rows: rows, base: model.baseWords, axisTitle: "\(title.lowercased()) ÷ that of \(model.baseWords) (\(way))")
    return plot.figure(
      name: identifier + "-ratios", title: "\(title) of each workload as a ratio to \(model.baseWords)")
  }

  private func panel(_ cell: Cell) -> ReportSection.Panel {
    let arms = model.competitors(in: cell)
    let medians = arms.compactMap { model.series(cell, $0)?.median(metric) }
    let best = metric.direction == .higherIsBetter ? medians.max() : medians.min()
    let bars = arms.map { arm -> PlotBars.Bar in
      let (label, style) = (model.names.label(arm), model.names.style(arm))
      guard let series = model.series(cell, arm) else {
        return PlotBars.Bar(style: style, label: label, note: "not measured")
      }
      guard let point = series.point(metric) else {
        return PlotBars.Bar(style: style, label: label, note: series.absence(metric))
      }
      return PlotBars.Bar(
        style: style, label: label, point: point, isBest: medians.count > 1 && point.value == best,
        title: title(label, point, series))
    }
    let (name, detail) = (cell.workload, model.names.detail(cell))
    let plot = PlotBars(bars: bars, unit: metric.unit, reference: reference(cell))
    return ReportSection.Panel(
      name: name, detail: detail,
      figure: plot.figure(name: "\(identifier)-\(model.names.slug(cell))", title: "\(title) of \(name), \(detail)"),
      note: note(cell))
  }

  private func title(_ label: String, _ point: PlotPoint, _ series: ReportSeries) -> String {
    func text(_ value: Double) -> String { NumberFormat.text(value, unit: metric.unit) }
    let interval = point.interval.map { " (\(text($0.lowerBound)) to \(text($0.upperBound)))" } ?? ""
    return "\(label): \(text(point.value))\(interval)\n"
      + AblationWords.count(series.valueCount(metric), "round")
  }

  private func reference(_ cell: Cell) -> (value: Double, label: String)? {
    guard metric == .residentPeak else { return nil }
    let live = model.competitors(in: cell).lazy.compactMap { model.series(cell, $0)?.median(.livePeak) }.first
    return live.map { ($0, "requested at most: \(NumberFormat.text($0, unit: .bytes))") }
  }

  /// The floor, which would dwarf the bars, and rounds that failed where others did not.
  private func note(_ cell: Cell) -> String {
    var notes: [String] = []
    if metric == .throughput, let floor = model.floor(metric, in: cell) {
      notes.append("floor \(NumberFormat.text(floor, unit: metric.unit))")
    }
    for arm in model.competitors(in: cell) {
      guard let series = model.series(cell, arm), series.valueCount(metric) > 0 else { continue }
      for (outcome, count) in (series.failures[pass] ?? [:]).sorted(by: { $0.value > $1.value }) {
        notes.append("\(model.names.label(arm)): \(AblationWords.count(count, "round")) ended by \(outcome.words)")
      }
    }
    return notes.joined(separator: "; ")
  }
}
