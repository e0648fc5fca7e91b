// SPDX-License-Identifier: MIT

/// Axes of a figure: lines across it, numbers and a title beside it.
enum PlotAxis {
  /// Numbers below a figure, and lines upwards from them.
  static func horizontal(
    _ canvas: inout SVGCanvas, _ scale: PlotScale, top: Double, bottom: Double, ticks: [Double], title: String,
    _ text: (Double) -> String
  ) {
    for tick in ticks {
      let x = scale.position(tick)
      canvas.line(x, top, x, bottom, "grid")
      canvas.text(text(tick), x, bottom + 13, "tick", .middle)
    }
    canvas.line(scale.ends.first, bottom, scale.ends.last, bottom, "axis")
    guard !title.isEmpty else { return }
    canvas.text(title, (scale.ends.first + scale.ends.last) / 2, bottom + 27, "axis-title", .middle)
  }

  /// Numbers at the left of a figure, and lines to the right from them.
  static func vertical(
    _ canvas: inout SVGCanvas, _ scale: PlotScale, left: Double, right: Double, ticks: [Double], title: String,
    _ text: (Double) -> String
  ) {
    for tick in ticks {
      let y = scale.position(tick)
      canvas.line(left, y, right, y, "grid")
      canvas.text(text(tick), left - 5, y + 3.5, "tick", .end)
    }
    guard !title.isEmpty else { return }
    canvas.upright(title, 11, (scale.ends.first + scale.ends.last) / 2, "axis-title")
  }

  /// "0.5×", "2×".
  static func ratio(_ value: Double) -> String { PlotUnit(name: "", size: 1).text(value) + "×" }
}
