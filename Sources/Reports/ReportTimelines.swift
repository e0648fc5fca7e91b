// SPDX-License-Identifier: MIT

import Results

/// Memory along the operations of each workload.
struct ReportTimelines {
  let model: ReportModel

  func section() -> ReportSection {
    var section = ReportSection("timelines", "Memory over the run")
    let panels = model.cells.compactMap(panel)
    guard !panels.isEmpty else {
      section.absence(
        "There is no timeline.csv beside the rows, or it has none of their processes. A sweep with the memory pass that "
          + "writes a folder has one:", command: "acebench sweep --pass memory -o FOLDER")
      return section
    }
    let words = ReportWords(model: model)
    section.grid(
      panels,
      caption:
        "Resident memory above the harness's own, as lines: medians over processes of one point, with a band from "
        + "the least to the greatest. The grey area is what was requested and not yet freed. Points lie at equal steps of "
        + "operations, so that allocators are compared at the same place of the program; the last ones are taken when "
        + "everything has been freed.",
      measured: words.measured(.memory))
    return section
  }

  private func panel(_ cell: Cell) -> ReportSection.Panel? {
    let curves = model.competitors(in: cell).compactMap { arm -> PlotTimeline.Curve? in
      guard let timeline = model.results[arm.result].timelines[cell]?[arm.arm] else { return nil }
      let points = timeline.points
      guard points.count > 1 else { return nil }
      return PlotTimeline.Curve(
        style: model.names.style(arm), label: model.names.label(arm), points: points,
        processCount: timeline.processCount)
    }
    guard !curves.isEmpty else { return nil }
    let missing = model.competitors(in: cell).filter { arm in
      !curves.contains { $0.style.series == model.names.style(arm).series }
    }.map(model.names.label)
    let (name, detail) = (cell.workload, model.names.detail(cell))
    return ReportSection.Panel(
      name: name, detail: detail,
      figure: PlotTimeline(curves: curves).figure(
        name: "timeline-" + model.names.slug(cell), title: "Resident memory over the run of \(name), \(detail)"),
      note: missing.isEmpty ? "" : "without a timeline: " + missing.joined(separator: ", "))
  }
}
