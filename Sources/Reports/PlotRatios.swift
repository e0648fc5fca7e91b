// SPDX-License-Identifier: MIT

/// How many times more each of several has than a base, a row for each workload, on a logarithmic axis.
struct PlotRatios {
  struct Mark {
    var style: PlotStyle
    var point: PlotPoint
    var label: String
    /// What a pointer on it shows.
    var title: String
  }

  struct Row {
    var name: String
    var detail = ""
    var isStrong = false
    var marks: [Mark]
    /// What is said in place of marks that are missing.
    var note = ""
  }

  var rows: [Row]
  /// What everything is held against.
  var base: String
  /// Below the axis: what the ratio is of, and which way is better.
  var axisTitle: String

  private static let width = 900.0
  private static let left = 206.0
  private static let right = 884.0
  private static let top = 34.0
  /// More have no room for their names above the first row, and have them beside their marks.
  private static let mostNamedAbove = 8

  private var isCrowded: Bool {
    let names = rows.first.map { labelWidths($0).reduce(0, +) } ?? 0
    return names > Self.right - Self.left || rows.contains { $0.marks.count > Self.mostNamedAbove }
  }

  private func labelWidths(_ row: Row) -> [Double] {
    (row.marks.map(\.label) + [base]).map { PlotLabels.width($0, fontSize: 11) + 10 }
  }
  private var markGap: Double { isCrowded ? 10.5 : 8 }

  func figure(name: String, title: String) -> PlotFigure {
    var canvas = SVGCanvas()
    let points = rows.flatMap { $0.marks.map(\.point) }
    // A whisker that reaches very far would leave no room for what matters; it is cut at the figure's edge.
    let values = points.map(\.value) + [1]
    let reach = (values.min() ?? 1) / 2...(values.max() ?? 1) * 2
    let ends = points.flatMap { point in
      point.interval.map { [max($0.lowerBound, reach.lowerBound), min($0.upperBound, reach.upperBound)] } ?? []
    }
    let scale = PlotScale.around(values + ends, smallestSpan: 1.3, Self.left, Self.right)
    let heights = rows.map(height)
    let bottom = Self.top + heights.reduce(0, +)
    var y = Self.top
    for (index, height) in heights.enumerated() {
      if index.isMultiple(of: 2) { canvas.rectangle(0, y, width: Self.width, height: height, "zebra") }
      y += height
    }
    PlotAxis.horizontal(
      &canvas, scale, top: Self.top, bottom: bottom, ticks: scale.ticks(9), title: axisTitle, PlotAxis.ratio)
    canvas.line(scale.position(1), Self.top - 4, scale.position(1), bottom, "one")
    y = Self.top
    for (row, height) in zip(rows, heights) {
      draw(row, &canvas, scale, y: y, height: height)
      y += height
    }
    if let first = rows.first, !isCrowded { labels(first, &canvas, scale) }
    return PlotFigure(name: name, title: title, width: Self.width, height: bottom + 36, canvas)
  }

  private func height(_ row: Row) -> Double {
    let lines = 1 + (row.detail.isEmpty ? 0 : 1) + (row.note.isEmpty ? 0 : 1)
    return max(Double(8 + lines * 12), Double(row.marks.count) * markGap + 8)
  }

  private func draw(_ row: Row, _ canvas: inout SVGCanvas, _ scale: PlotScale, y: Double, height: Double) {
    let middle = y + height / 2
    let room = Self.left - 18
    let lines = [
      (row.name, row.isStrong ? "strong" : "", 11.0), (row.detail, "tick", 9.5), (row.note, "tick warned", 9.5),
    ]
    .filter { !$0.0.isEmpty }
    for (index, line) in lines.enumerated() {
      let place = middle + 4 + (Double(index) - Double(lines.count - 1) / 2) * 12.5
      canvas.text(PlotLabels.clipped(line.0, width: room, fontSize: line.2), 8, place, line.1)
    }
    let first = middle - Double(row.marks.count - 1) * markGap / 2
    for (index, mark) in row.marks.enumerated() {
      let place = first + Double(index) * markGap
      canvas.group("series " + mark.style.classes) { canvas in
        if let interval = mark.point.interval {
          canvas.line(
            scale.clamped(interval.lowerBound), place, scale.clamped(interval.upperBound), place,
            "whisker" + mark.point.whiskerClass)
        }
        let shape = mark.style.shape.path(scale.position(mark.point.value), place, size: row.isStrong ? 4.6 : 3.8)
        canvas.path(shape, mark.style.markClasses, title: mark.title)
        if isCrowded { name(mark, &canvas, scale, y: place) }
      }
    }
  }

  /// A name at the right of a mark and its whisker, or at the left where there is no room.
  private func name(_ mark: Mark, _ canvas: inout SVGCanvas, _ scale: PlotScale, y: Double) {
    let ends = [mark.point.value] + (mark.point.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    let places = ends.map(scale.clamped)
    let right = (places.max() ?? 0) + 7
    let isRight = right + PlotLabels.width(mark.label, fontSize: 8.5) < Self.width
    canvas.text(mark.label, isRight ? right : (places.min() ?? 0) - 7, y + 3, "tiny", isRight ? .start : .end)
  }

  /// Names above the first row, each over its mark as far as there is room.
  private func labels(_ row: Row, _ canvas: inout SVGCanvas, _ scale: PlotScale) {
    let marks = row.marks
    let middle = Self.top + height(row) / 2
    let widths = labelWidths(row)
    let places = PlotLabels.spread(
      (marks.map(\.point.value) + [1]).map(scale.position), extents: widths, within: Self.left...Self.right + 12)
    if let place = places.last {
      canvas.path(SVGCanvas.points([(place, 19), (scale.position(1), Self.top - 4)]), "leader")
      canvas.text(base, place, 14, "soft strong", .middle)
    }
    for (index, mark) in marks.enumerated() {
      let y = middle + (Double(index) - Double(marks.count - 1) / 2) * markGap
      let x = scale.position(mark.point.value)
      canvas.group("series " + mark.style.classes) { canvas in
        canvas.path(SVGCanvas.points([(places[index], 19), (x, Self.top - 4), (x, y - 4)]), "leader")
        canvas.text(mark.label, places[index], 14, "name", .middle)
      }
    }
  }
}
