// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Time against memory: what an allocator's speed costs, over all workloads and on each.
struct ReportFrontier {
  let model: ReportModel

  func section() -> ReportSection? {
    guard model.has(.throughput), model.has(.residentPeak) else { return nil }
    var section = ReportSection("frontier", "Time × memory")
    let words = ReportWords(model: model)
    let measured = words.measured(.time, .memory)
    let note =
      "Nearer to the lower left is better; nothing beats those on the dashed line in both. Time is wall time by operation, "
      + "so that threads that run side by side count."
    let partial = model.partialMeans([.throughput, .residentPeak])
    let caution = partial.isEmpty ? "" : " Not over all workloads: \(partial)."
    if let figure = overall {
      section.figure(
        figure,
        caption:
          "Over all workloads, as geometric means of ratios to \(model.baseWords). \(note)\(caution) \(words.ratios)",
        measured: measured)
    }
    section.grid(
      model.cells.compactMap(panel),
      caption:
        "Each workload, medians over rounds. The dotted lines are the floor, the loop with an allocator that does "
        + "nothing, and what was requested at most; where they lie far below all, the notes alone have them. "
        + words.whiskers([.throughput, .residentPeak]),
      measured: measured)
    return section
  }

  /// The base is at 1 in both.
  private var overall: PlotFigure? {
    let marks = model.competitors.compactMap { arm -> PlotFrontier.Mark? in
      let (style, label) = (model.names.style(arm), model.names.label(arm))
      if model.isBase(arm) {
        let one = PlotPoint(value: 1)
        return PlotFrontier.Mark(style: style, label: label, time: one, memory: one, title: "\(label): the base, 1")
      }
      guard let speed = model.mean(.throughput, arm), let memory = model.mean(.residentPeak, arm) else { return nil }
      let time = PlotPoint(
        value: 1 / speed.ratio, interval: speed.interval.map { 1 / $0.upperBound...1 / $0.lowerBound })
      return PlotFrontier.Mark(
        style: style, label: label, time: time, memory: PlotPoint(value: memory.ratio, interval: memory.interval),
        title: "\(label)\n\(ReportWords.ratio(speed)) × the throughput\n\(ReportWords.ratio(memory)) × the peak memory")
    }
    guard marks.count > 1, model.cells.count > 1 else { return nil }
    let plot = PlotFrontier(
      marks: marks,
      horizontal: .init(
        title: "wall time ÷ that of \(model.baseWords) (left is faster)", unit: 1, text: PlotAxis.ratio),
      vertical: .init(title: "peak memory ÷ that of \(model.baseWords)", unit: 1, text: PlotAxis.ratio),
      size: (width: 720, height: 330))
    return plot.figure(
      name: "frontier", title: "Time and peak memory over all workloads, as ratios to \(model.baseWords)")
  }

  private func panel(_ cell: Cell) -> ReportSection.Panel? {
    let marks = model.competitors(in: cell).compactMap { arm -> PlotFrontier.Mark? in
      guard let series = model.series(cell, arm), let throughput = series.point(.throughput),
        let memory = series.point(.residentPeak), throughput.value > 0, memory.value > 0
      else { return nil }
      let label = model.names.label(arm)
      let interval = throughput.interval.flatMap { $0.lowerBound > 0 ? Self.time($0) : nil }
      let time = PlotPoint(
        value: 1e9 / throughput.value, interval: interval, isConfident: throughput.isConfident)
      let words = NumberFormat.text(time.value, unit: .nanoseconds)
      return PlotFrontier.Mark(
        style: model.names.style(arm), label: label, time: time, memory: memory,
        title: "\(label)\n\(words) an operation\n\(NumberFormat.text(memory.value, unit: .bytes)) peak")
    }
    guard marks.count > 1 else { return nil }
    let times = PlotUnit.fitting(.nanoseconds, marks.map(\.time.value).max() ?? 1)
    let sizes = PlotUnit.fitting(.bytes, marks.map(\.memory.value).max() ?? 1)
    // Far below everything else they would leave no room for it; the note has their numbers.
    func near(_ value: Double?, _ others: [Double]) -> Double? {
      value.flatMap { value in value * Self.farthest > (others.min() ?? 0) ? value : nil }
    }
    let floor = model.floor(.throughput, in: cell).flatMap { $0 > 0 ? 1e9 / $0 : nil }
    let live = livePeak(cell)
    let notes = [
      floor.map { "floor \(NumberFormat.text($0, unit: .nanoseconds))" },
      live.map { "requested at most \(NumberFormat.text($0, unit: .bytes))" },
    ].compactMap(\.self)
    let plot = PlotFrontier(
      marks: marks,
      horizontal: .init(title: times.title("wall time by operation"), unit: times.size, text: times.text),
      vertical: .init(title: sizes.title("peak memory"), unit: sizes.size, text: sizes.text),
      floor: near(floor, marks.map(\.time.value)).map { ($0, "floor") },
      ideal: near(live, marks.map(\.memory.value)).map { ($0, "requested") })
    let (name, detail) = (cell.workload, model.names.detail(cell))
    return ReportSection.Panel(
      name: name, detail: detail,
      figure: plot.figure(
        name: "frontier-" + model.names.slug(cell), title: "Time and peak memory of \(name), \(detail)"),
      note: notes.joined(separator: "; "))
  }

  /// How many times the floor, or what was requested, may be below the lowest mark to be drawn.
  private static let farthest = 4.0

  /// What an ideal allocator would need at the worst moment.
  private func livePeak(_ cell: Cell) -> Double? {
    model.competitors(in: cell).lazy.compactMap { model.series(cell, $0)?.median(.livePeak) }.first
  }

  private static func time(_ throughput: ClosedRange<Double>) -> ClosedRange<Double> {
    1e9 / throughput.upperBound...1e9 / throughput.lowerBound
  }
}
