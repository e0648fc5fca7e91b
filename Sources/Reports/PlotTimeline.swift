// SPDX-License-Identifier: MIT

/// Memory along the operations of a workload: what was asked for as an area, what each allocator held as a line.
struct PlotTimeline {
  struct Curve {
    var style: PlotStyle
    var label: String
    var points: [ReportTimeline.Point]
    /// How many processes it is of.
    var processCount: Int
  }

  var curves: [Curve]

  private static let width = 340.0
  private static let left = 48.0
  private static let right = 262.0
  private static let top = 8.0
  private static let bottom = 168.0

  func figure(name: String, title: String) -> PlotFigure {
    var canvas = SVGCanvas()
    let all = curves.flatMap(\.points)
    let operations = all.map(\.operationIndex).max() ?? 1
    // A band may reach far beyond; what counts is the medians.
    let highest = all.map { max($0.resident, $0.live) }.max() ?? 1
    let largest = max(highest, min(highest * 1.4, all.map(\.range.upperBound).max() ?? 0))
    let across = PlotScale(kind: .linear, domain: 0...max(operations, 1), ends: (Self.left, Self.right))
    let upwards = PlotScale.fromZero(to: largest, Self.bottom, Self.top)
    let (size, count) = (PlotUnit.fitting(.bytes, largest), PlotUnit.fitting(.count, operations))
    area(&canvas, across, upwards)
    PlotAxis.vertical(
      &canvas, upwards, left: Self.left, right: Self.right, ticks: upwards.ticks(5, unit: size.size),
      title: size.title("resident"), size.text)
    PlotAxis.horizontal(
      &canvas, across, top: Self.top, bottom: Self.bottom, ticks: across.ticks(4, unit: count.size),
      title: count.name.isEmpty ? "operations" : "operations, \(count.words)", count.text)
    for curve in curves { draw(curve, &canvas, across, upwards) }
    labels(&canvas, upwards)
    return PlotFigure(name: name, title: title, width: Self.width, height: Self.bottom + 34, canvas)
  }

  /// What was asked for is the same for all, as far as they ran the same operations; the longest curve has it.
  private func area(_ canvas: inout SVGCanvas, _ across: PlotScale, _ upwards: PlotScale) {
    guard let longest = curves.map(\.points).max(by: { $0.count < $1.count }), let last = longest.last else { return }
    let points = longest.map { (x: across.position($0.operationIndex), y: upwards.position($0.live)) }
    let ends = [(x: across.position(last.operationIndex), y: Self.bottom), (x: Self.left, y: Self.bottom)]
    canvas.path(SVGCanvas.points(points + ends) + "z", "live", title: "requested bytes live")
  }

  private func draw(_ curve: Curve, _ canvas: inout SVGCanvas, _ across: PlotScale, _ upwards: PlotScale) {
    canvas.group("series " + curve.style.classes) { canvas in
      if curve.processCount > 1 {
        let upper = curve.points.map {
          (x: across.position($0.operationIndex), y: upwards.clamped($0.range.upperBound))
        }
        let lower = curve.points.map {
          (x: across.position($0.operationIndex), y: upwards.clamped($0.range.lowerBound))
        }
        canvas.path(SVGCanvas.points(upper + lower.reversed()) + "z", "band")
      }
      let points = curve.points.map { (x: across.position($0.operationIndex), y: upwards.position($0.resident)) }
      let peak = curve.points.map(\.resident).max() ?? 0
      let note = "\(curve.label): \(NumberFormat.text(peak, unit: .bytes)) at its highest"
      canvas.path(SVGCanvas.points(points), curve.style.curveClasses, title: note)
    }
  }

  /// Names at the right, each at the height where its line ends as far as there is room.
  private func labels(_ canvas: inout SVGCanvas, _ upwards: PlotScale) {
    let ends = curves.compactMap { curve in curve.points.last.map { (curve: curve, y: upwards.position($0.resident)) } }
    let places = PlotLabels.spread(
      ends.map(\.y), extents: ends.map { _ in 12.5 }, within: Self.top...Self.bottom + 6)
    for (end, place) in zip(ends, places) {
      canvas.group("series " + end.curve.style.classes) { canvas in
        canvas.path(
          SVGCanvas.points([(Self.right, end.y), (Self.right + 7, place), (Self.right + 10, place)]), "leader")
        let label = PlotLabels.clipped(end.curve.label, width: Self.width - Self.right - 12, fontSize: 11)
        canvas.text(label, Self.right + 12, place + 4, "name")
      }
    }
  }
}
