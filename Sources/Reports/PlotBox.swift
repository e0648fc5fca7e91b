// SPDX-License-Identifier: MIT

/// A rectangle that a mark or a name takes.
struct PlotBox {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  /// How much of it lies on others, and how much beyond the paper, which is worse.
  func cost(_ others: [PlotBox], within paper: PlotBox) -> Double {
    let covered = others.reduce(0) { $0 + overlap($1) }
    return covered + 4 * (width * height - overlap(paper))
  }

  private func overlap(_ other: PlotBox) -> Double {
    let across = min(x + width, other.x + other.width) - max(x, other.x)
    let down = min(y + height, other.y + other.height) - max(y, other.y)
    return across > 0 && down > 0 ? across * down : 0
  }
}
