// SPDX-License-Identifier: MIT

/// Time against memory, both on logarithmic axes: what is nearer to the lower left corner is better, and a line leads
/// along those that nothing beats in both.
struct PlotFrontier {
  struct Mark {
    var style: PlotStyle
    var label: String
    var time: PlotPoint
    var memory: PlotPoint
    var title: String
  }

  struct Axis {
    var title: String
    /// What numbers are multiples of.
    var unit: Double
    var text: (Double) -> String
  }

  var marks: [Mark]
  var horizontal: Axis
  var vertical: Axis
  /// A time that none can be below, and its name; nil for none.
  var floor: (time: Double, label: String)?
  /// A memory that an ideal allocator would need; nil for none.
  var ideal: (memory: Double, label: String)?
  var size = (width: 340.0, height: 236.0)

  private var isLarge: Bool { size.width > 400 }
  private var left: Double { isLarge ? 62 : 48 }
  private var right: Double { size.width - 12 }
  private static let top = 10.0
  private static let mostNamed = 8
  private var bottom: Double { size.height - 34 }

  func figure(name: String, title: String) -> PlotFigure {
    var canvas = SVGCanvas()
    let times = marks.map(\.time.value) + (floor.map { [$0.time] } ?? []) + Self.ends(marks.map(\.time))
    let memories = marks.map(\.memory.value) + (ideal.map { [$0.memory] } ?? []) + Self.ends(marks.map(\.memory))
    let across = PlotScale.around(times, smallestSpan: 1.5, left, right)
    let upwards = PlotScale.around(memories, smallestSpan: 1.5, bottom, Self.top)
    let tickCount = isLarge ? 8 : 5
    PlotAxis.vertical(
      &canvas, upwards, left: left, right: right, ticks: upwards.ticks(tickCount, unit: vertical.unit),
      title: vertical.title, vertical.text)
    PlotAxis.horizontal(
      &canvas, across, top: Self.top, bottom: bottom, ticks: across.ticks(tickCount, unit: horizontal.unit),
      title: horizontal.title, horizontal.text)
    canvas.line(left, Self.top, left, bottom, "axis")
    references(&canvas, across, upwards)
    canvas.path(frontier(across, upwards), "frontier")
    for mark in marks { draw(mark, &canvas, across, upwards) }
    labels(&canvas, across, upwards)
    return PlotFigure(name: name, title: title, width: size.width, height: size.height, canvas)
  }

  /// Where whiskers end, but for those that would leave no room for the marks.
  private static func ends(_ points: [PlotPoint]) -> [Double] {
    let (least, most) = (points.map(\.value).min() ?? 1, points.map(\.value).max() ?? 1)
    return points.flatMap { point in
      point.interval.map { [max($0.lowerBound, least / 1.5), min($0.upperBound, most * 1.5)] } ?? []
    }
  }

  private func references(_ canvas: inout SVGCanvas, _ across: PlotScale, _ upwards: PlotScale) {
    if let floor {
      let x = across.position(floor.time)
      canvas.line(x, Self.top, x, bottom, "reference")
      canvas.text(floor.label, x + 3, floorLabel(upwards), "tick")
    }
    if let ideal {
      let y = upwards.position(ideal.memory)
      canvas.line(left, y, right, y, "reference")
      canvas.text(ideal.label, idealLabel(ideal.label, across), y - 4, "tick")
    }
  }

  /// Right of the floor's name: the lower left is where nobody gets.
  private func idealLabel(_ label: String, _ across: PlotScale) -> Double {
    let floorEnd = floor.map { across.position($0.time) + 9 + PlotLabels.width($0.label, fontSize: 10) }
    return min(floorEnd ?? left + 4, right - PlotLabels.width(label, fontSize: 10))
  }

  /// Above the axis, or above the line of what was requested where that is near it.
  private func floorLabel(_ upwards: PlotScale) -> Double {
    guard let y = ideal.map({ upwards.position($0.memory) }), bottom - y < 18 else { return bottom - 4 }
    return y - 4
  }

  /// Steps through the marks that no other is better than in one and as good in the other.
  private func frontier(_ across: PlotScale, _ upwards: PlotScale) -> String {
    var points: [(x: Double, y: Double)] = []
    for mark in undominated {
      let point = (x: across.position(mark.time.value), y: upwards.position(mark.memory.value))
      points.append((x: point.x, y: points.last?.y ?? Self.top))
      points.append(point)
    }
    if let last = points.last { points.append((x: right, y: last.y)) }
    return SVGCanvas.points(points)
  }

  /// By time, those that need less memory than all faster ones.
  var undominated: [Mark] {
    var least = Double.infinity
    return marks.sorted { ($0.time.value, $0.memory.value) < ($1.time.value, $1.memory.value) }.filter { mark in
      guard mark.memory.value < least else { return false }
      least = mark.memory.value
      return true
    }
  }

  private func draw(_ mark: Mark, _ canvas: inout SVGCanvas, _ across: PlotScale, _ upwards: PlotScale) {
    let (x, y) = (across.position(mark.time.value), upwards.position(mark.memory.value))
    canvas.group("series " + mark.style.classes) { canvas in
      if let interval = mark.time.interval {
        canvas.line(
          across.clamped(interval.lowerBound), y, across.clamped(interval.upperBound), y,
          "whisker" + mark.time.whiskerClass)
      }
      if let interval = mark.memory.interval {
        canvas.line(
          x, upwards.clamped(interval.lowerBound), x, upwards.clamped(interval.upperBound),
          "whisker" + mark.memory.whiskerClass)
      }
      canvas.path(mark.style.shape.path(x, y, size: isLarge ? 5.5 : 4.4), mark.style.markClasses, title: mark.title)
    }
  }

  private func whiskers(_ mark: Mark, _ across: PlotScale, _ upwards: PlotScale) -> [PlotBox] {
    let (x, y) = (across.position(mark.time.value), upwards.position(mark.memory.value))
    var boxes: [PlotBox] = []
    if let interval = mark.time.interval {
      let start = across.clamped(interval.lowerBound)
      boxes.append(PlotBox(x: start, y: y - 2, width: across.clamped(interval.upperBound) - start, height: 4))
    }
    if let interval = mark.memory.interval {
      let top = upwards.clamped(interval.upperBound)
      boxes.append(PlotBox(x: x - 2, y: top, width: 4, height: upwards.clamped(interval.lowerBound) - top))
    }
    return boxes
  }

  private func referenceBoxes(_ across: PlotScale, _ upwards: PlotScale) -> [PlotBox] {
    var boxes: [PlotBox] = []
    if let floor {
      let width = PlotLabels.width(floor.label, fontSize: 10)
      boxes.append(PlotBox(x: across.position(floor.time) + 3, y: floorLabel(upwards) - 9, width: width, height: 11))
    }
    if let ideal {
      let width = PlotLabels.width(ideal.label, fontSize: 10)
      boxes.append(
        PlotBox(
          x: idealLabel(ideal.label, across), y: upwards.position(ideal.memory) - 13, width: width, height: 14))
    }
    return boxes
  }

  /// Names beside the marks, where they cover neither a mark nor another name as far as there is room.
  private func labels(_ canvas: inout SVGCanvas, _ across: PlotScale, _ upwards: PlotScale) {
    let centres = marks.map { (x: across.position($0.time.value), y: upwards.position($0.memory.value)) }
    var taken = centres.map { PlotBox(x: $0.x - 6, y: $0.y - 6, width: 12, height: 12) }
    taken += marks.flatMap { whiskers($0, across, upwards) }
    taken += referenceBoxes(across, upwards)
    let paper = PlotBox(x: left, y: Self.top, width: right + 8 - left, height: bottom - Self.top)
    for (mark, centre) in zip(marks, centres) {
      let width = PlotLabels.width(mark.label, fontSize: 11.5)
      let places = [
        (9.0, 4.0), (9, -6), (9, 14), (-width - 9, 4), (-width / 2, -10), (-width / 2, 19), (-width - 9, -6),
        (-width - 9, 14), (9, -17), (9, 25), (-width - 9, -17), (-width - 9, 25),
      ].map { PlotBox(x: centre.x + $0.0, y: centre.y + $0.1 - 9, width: width, height: 11) }
      let place = places.min { $0.cost(taken, within: paper) < $1.cost(taken, within: paper) } ?? places[0]
      // Among many a name that covers others is worse than none; a pointer shows it.
      if marks.count > Self.mostNamed, place.cost(taken, within: paper) > place.width { continue }
      taken.append(place)
      canvas.group("series " + mark.style.classes) { $0.text(mark.label, place.x, place.y + 9, "name") }
    }
  }
}
