// SPDX-License-Identifier: MIT

import Glibc

/// How long the slowest calls take: latencies by percentile, the axis drawn out towards the last ones.
struct PlotPercentiles {
  struct Curve {
    var style: PlotStyle
    var label: String
    /// By `steps`; nil where the timing itself may have made it.
    var points: [PlotPoint?]
  }

  /// What is drawn, and how many of ten calls are left: p90 is at 1, p99 at 2; the longest call has a place of its own.
  static let steps: [(label: String, place: Double)] = [
    ("50", 0.301), ("90", 1), ("99", 2), ("99.9", 3), ("99.99", 4), ("max", 5.2),
  ]

  var curves: [Curve]
  /// What the clock alone shows at its 99th percentile; nil where it was not measured.
  var control: Double?

  private static let width = 340.0
  private static let left = 48.0
  private static let right = 262.0
  private static let top = 8.0
  private static let bottom = 168.0

  func figure(name: String, title: String) -> PlotFigure {
    var canvas = SVGCanvas()
    let values = curves.flatMap(\.points).compactMap { $0?.value } + (control.map { [$0] } ?? [])
    let across = PlotScale(kind: .linear, domain: 0.1...5.4, ends: (Self.left, Self.right))
    let upwards = PlotScale.around(values, smallestSpan: 3, Self.bottom, Self.top)
    PlotAxis.vertical(
      &canvas, upwards, left: Self.left, right: Self.right, ticks: upwards.ticks(6), title: ""
    ) { value in
      let unit = PlotUnit.fitting(.nanoseconds, value)
      return unit.text(value) + " " + unit.name
    }
    for step in Self.steps {
      let x = across.position(step.place)
      canvas.line(x, Self.top, x, Self.bottom, "grid")
      canvas.text(step.label, x, Self.bottom + 13, "tick", .middle)
    }
    canvas.line(Self.left, Self.bottom, Self.right, Self.bottom, "axis")
    canvas.text(
      "percentile of calls, %", (Self.left + Self.right) / 2, Self.bottom + 27, "axis-title", .middle)
    if let control {
      let y = upwards.position(control)
      canvas.line(Self.left, y, Self.right, y, "reference")
    }
    for curve in curves { draw(curve, &canvas, across, upwards) }
    labels(&canvas, across, upwards)
    return PlotFigure(name: name, title: title, width: Self.width, height: Self.bottom + 34, canvas)
  }

  private func draw(_ curve: Curve, _ canvas: inout SVGCanvas, _ across: PlotScale, _ upwards: PlotScale) {
    canvas.group("series " + curve.style.classes) { canvas in
      let known = zip(Self.steps, curve.points).compactMap { step, point in point.map { (step: step, point: $0) } }
      let points = known.map { (x: across.position($0.step.place), y: upwards.position($0.point.value)) }
      canvas.path(SVGCanvas.points(points), curve.style.curveClasses)
      for (entry, place) in zip(known, points) {
        if let interval = entry.point.interval {
          canvas.line(
            place.x, upwards.clamped(interval.lowerBound), place.x, upwards.clamped(interval.upperBound),
            "whisker" + entry.point.whiskerClass)
        }
        let value = NumberFormat.text(entry.point.value, unit: .nanoseconds)
        let words = entry.step.label == "max" ? "the longest sampled call" : "\(entry.step.label) %"
        canvas.path(
          curve.style.shape.path(place.x, place.y, size: 3), curve.style.markClasses,
          title: "\(curve.label), \(words): \(value)")
      }
    }
  }

  private func labels(_ canvas: inout SVGCanvas, _ across: PlotScale, _ upwards: PlotScale) {
    let ends = curves.compactMap { curve -> (curve: Curve, x: Double, y: Double)? in
      guard let index = curve.points.lastIndex(where: { $0 != nil }), let point = curve.points[index] else {
        return nil
      }
      return (curve, across.position(Self.steps[index].place), upwards.position(point.value))
    }
    var extents = ends.map { _ in 12.5 }
    var centres = ends.map(\.y)
    if let control {
      extents.append(12)
      centres.append(upwards.position(control))
    }
    let places = PlotLabels.spread(centres, extents: extents, within: Self.top...Self.bottom + 6)
    if control != nil, let place = places.last { canvas.text("clock alone", Self.right + 12, place + 3.5, "tick") }
    for (end, place) in zip(ends, places) {
      canvas.group("series " + end.curve.style.classes) { canvas in
        canvas.path(
          SVGCanvas.points([(end.x + 4, end.y), (Self.right + 7, place), (Self.right + 10, place)]), "leader")
        let label = PlotLabels.clipped(end.curve.label, width: Self.width - Self.right - 12, fontSize: 11)
        canvas.text(label, Self.right + 12, place + 4, "name")
      }
    }
  }
}
