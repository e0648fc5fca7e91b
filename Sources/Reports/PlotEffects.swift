// SPDX-License-Identifier: MIT

/// How far settings move figures, a row for each, on a logarithmic axis of ratios.
struct PlotEffects {
  struct Row {
    var name: String
    var detail: String
    var ratio: Double
    var interval: ClosedRange<Double>?
    var isGain: Bool
    var title: String
  }

  var rows: [Row]

  private static let width = 900.0
  private static let left = 330.0
  private static let right = 830.0
  private static let top = 6.0
  private static let rowHeight = 29.0

  func figure(name: String, title: String) -> PlotFigure {
    var canvas = SVGCanvas()
    let ends = rows.flatMap { row in row.interval.map { [$0.lowerBound, $0.upperBound] } ?? [row.ratio] }
    let scale = PlotScale.around(rows.map(\.ratio) + ends + [1], smallestSpan: 1.2, Self.left, Self.right)
    let bottom = Self.top + Double(rows.count) * Self.rowHeight
    for index in rows.indices where index.isMultiple(of: 2) {
      canvas.rectangle(
        0, Self.top + Double(index) * Self.rowHeight, width: Self.width, height: Self.rowHeight, "zebra")
    }
    PlotAxis.horizontal(
      &canvas, scale, top: Self.top, bottom: bottom, ticks: scale.ticks(7), title: "with the setting ÷ without it",
      PlotAxis.ratio)
    canvas.line(scale.position(1), Self.top, scale.position(1), bottom, "one")
    for (index, row) in rows.enumerated() {
      let y = Self.top + (Double(index) + 0.5) * Self.rowHeight
      canvas.text(PlotLabels.clipped(row.name, width: Self.left - 20, fontSize: 11), 8, y - 2, "strong")
      canvas.text(PlotLabels.clipped(row.detail, width: Self.left - 20, fontSize: 10), 8, y + 10, "tick")
      canvas.group(row.isGain ? "gain" : "cost") { canvas in
        if let interval = row.interval {
          canvas.line(
            scale.position(interval.lowerBound), y, scale.position(interval.upperBound), y, "whisker")
        }
        let shape = row.isGain ? PlotShape.circle : .diamond
        canvas.path(shape.path(scale.position(row.ratio), y, size: 4), "mark", title: row.title)
        canvas.text(Self.change(row.ratio), Self.width - 8, y + 4, "name", .end)
      }
    }
    return PlotFigure(name: name, title: title, width: Self.width, height: bottom + 36, canvas)
  }

  /// "+3.1 %", "−50 %"; "×2.4" where percents would mislead.
  static func change(_ ratio: Double) -> String {
    if ratio >= 2 { return "×" + NumberFormat.significant(ratio) }
    let percent = NumberFormat.percent((ratio - 1).magnitude)
    return (ratio < 1 ? "−" : "+") + percent
  }
}
