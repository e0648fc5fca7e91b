// SPDX-License-Identifier: MIT

import Results

/// How long single calls take, by percentile.
struct ReportLatency {
  let model: ReportModel

  func section() -> ReportSection {
    var section = ReportSection("latency", "Latency")
    let words = ReportWords(model: model)
    for call in ReportMetrics.calls {
      let panels = model.cells.compactMap { panel(call, $0) }
      guard !panels.isEmpty else { continue }
      section.heading(call)
      section.grid(
        panels,
        caption:
          "Latency of single calls of \(call) by percentile, medians over rounds, both axes drawn out: one step to "
          + "the right is a tenth of the calls. A point is missing where the timing itself may have made the number: where "
          + "the clock alone shows as much, the dashed line being its 99th percentile. "
          + words.whiskers(ReportMetrics.percentiles(of: call)),
        measured: words.measured(.latency))
    }
    if section.figures.isEmpty {
      section.absence(
        "No row is of the latency pass, or all that was seen may be the clock's own. The pass times single calls:",
        command: "acebench sweep --pass latency")
    }
    return section
  }

  private func panel(_ call: String, _ cell: Cell) -> ReportSection.Panel? {
    let metrics = ReportMetrics.percentiles(of: call)
    let arms = model.competitors(in: cell)
    let curves = arms.compactMap { arm -> PlotPercentiles.Curve? in
      guard let series = model.series(cell, arm) else { return nil }
      let points = metrics.map { metric in series.point(metric).flatMap { $0.value > 0 ? $0 : nil } }
      guard points.contains(where: { $0 != nil }) else { return nil }
      return PlotPercentiles.Curve(style: model.names.style(arm), label: model.names.label(arm), points: points)
    }
    guard !curves.isEmpty else { return nil }
    let missing = arms.filter { arm in !curves.contains { $0.style.series == model.names.style(arm).series } }
    let (name, detail) = (cell.workload, model.names.detail(cell))
    let control = arms.lazy.compactMap { model.series(cell, $0)?.median(.latencyControlP99) }.first
    let notes = missing.map { arm in
      let series = model.series(cell, arm)
      let hasRounds = (series?.roundCounts[.latency] ?? 0) > 0
      return "\(model.names.label(arm)): "
        + (hasRounds ? "too fast to be seen" : series?.absence(.mallocP99) ?? "not measured")
    }
    return ReportSection.Panel(
      name: name, detail: detail,
      figure: PlotPercentiles(curves: curves, control: control).figure(
        name: "latency-\(call)-\(model.names.slug(cell))", title: "Latency of \(call) in \(name), \(detail)"),
      note: notes.joined(separator: "; "))
  }
}
