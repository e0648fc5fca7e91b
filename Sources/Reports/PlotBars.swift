// SPDX-License-Identifier: MIT

import Results

/// What each of several reached on one workload, as bars from zero.
struct PlotBars {
  struct Bar {
    var style: PlotStyle
    var label: String
    /// Nil where there is nothing to draw; `note` says why.
    var point: PlotPoint?
    var isBest = false
    var note = ""
    /// What a pointer on it shows.
    var title = ""
  }

  var bars: [Bar]
  var unit: Metric.Unit
  /// A value to compare with, such as what an ideal allocator would need; nil for none.
  var reference: (value: Double, label: String)?

  private static let width = 340.0
  private static let rowHeight = 19.0
  private static let right = 334.0
  private static let valueWidth = 62.0
  private static let top = 4.0

  func figure(name: String, title: String) -> PlotFigure {
    var canvas = SVGCanvas()
    let labelWidth = min(126, (bars.map { PlotLabels.width($0.label, fontSize: 12) }.max() ?? 0) + 10)
    // A whisker may reach beyond the figure; what counts is the medians.
    let medians = bars.compactMap { $0.point?.value } + [reference?.value ?? 0]
    let largest = medians.max() ?? 0
    let ends = bars.compactMap { $0.point?.interval?.upperBound }.map { min($0, largest * 1.5) }
    let scale = PlotScale.fromZero(
      to: max(largest, ends.max() ?? 0), labelWidth, Self.right - Self.valueWidth)
    let unit = PlotUnit.fitting(self.unit, scale.domain.upperBound)
    let bottom = Self.top + Double(bars.count) * Self.rowHeight
    let ticks = scale.ticks(4, unit: unit.size)
    for tick in ticks {
      canvas.line(scale.position(tick), Self.top, scale.position(tick), bottom, "grid")
      canvas.text(unit.text(tick), scale.position(tick), bottom + 12, "tick", .middle)
    }
    canvas.text(unit.name, Self.right, bottom + 12, "tick", .end)
    for (index, bar) in bars.enumerated() {
      draw(bar, &canvas, scale, y: Self.top + Double(index) * Self.rowHeight, labelWidth: labelWidth)
    }
    canvas.line(scale.position(0), Self.top, scale.position(0), bottom, "axis")
    if let reference {
      let x = scale.position(reference.value)
      canvas.line(x, Self.top - 2, x, bottom, "reference")
      let isRight = x > (scale.ends.first + scale.ends.last) / 2
      canvas.text(reference.label, x, bottom + 25, "tick", isRight ? .end : .start)
    }
    return PlotFigure(
      name: name, title: title, width: Self.width, height: bottom + (reference == nil ? 17 : 30), canvas)
  }

  private func draw(_ bar: Bar, _ canvas: inout SVGCanvas, _ scale: PlotScale, y: Double, labelWidth: Double) {
    let middle = y + Self.rowHeight / 2
    canvas.group("series " + bar.style.classes) { canvas in
      let label = PlotLabels.clipped(bar.label, width: labelWidth - 4, fontSize: 11)
      canvas.text(label, labelWidth - 6, middle + 4, "name", .end)
      guard let point = bar.point else {
        canvas.text(bar.note, scale.ends.first + 5, middle + 4, "warned")
        return
      }
      let length = scale.clamped(point.value) - scale.ends.first
      canvas.rectangle(
        scale.ends.first, y + 3.5, width: length, height: Self.rowHeight - 7, "bar", radius: 1.5, title: bar.title)
      if let interval = point.interval {
        let (low, high) = (scale.clamped(interval.lowerBound), scale.clamped(interval.upperBound))
        canvas.path(
          SVGCanvas.points([(low, middle), (high, middle)]) + SVGCanvas.points([(low, middle - 3), (low, middle + 3)])
            + SVGCanvas.points([(high, middle - 3), (high, middle + 3)]), "over" + point.whiskerClass)
      }
      canvas.text(
        NumberFormat.text(point.value, unit: unit), Self.right, middle + 4, bar.isBest ? "strong" : "", .end)
    }
  }
}
