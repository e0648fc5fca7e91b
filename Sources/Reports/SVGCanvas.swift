// SPDX-License-Identifier: MIT

/// Elements of a drawing, written one after the other. Lengths are the drawing's own units; classes name rules of
/// `PlotStyleSheet`.
struct SVGCanvas {
  enum Anchor: String {
    case start
    case middle
    case end
  }

  private(set) var markup = ""

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ classes: String) {
    markup +=
      "<line class=\"\(classes)\" x1=\"\(Self.number(x1))\" y1=\"\(Self.number(y1))\" x2=\"\(Self.number(x2))\" y2=\"\(Self.number(y2))\"/>"
  }

  /// A rectangle, with a text that a pointer on it shows.
  mutating func rectangle(
    _ x: Double, _ y: Double, width: Double, height: Double, _ classes: String, radius: Double = 0, title: String = ""
  ) {
    let round = radius > 0 ? " rx=\"\(Self.number(radius))\"" : ""
    markup +=
      "<rect class=\"\(classes)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\" width=\"\(Self.number(max(0, width)))\" height=\"\(Self.number(max(0, height)))\"\(round)"
    end("rect", title)
  }

  /// A path, `data` being commands and coordinates as `points` and `PlotShape` make them.
  mutating func path(_ data: String, _ classes: String, title: String = "") {
    guard !data.isEmpty else { return }
    markup += "<path class=\"\(classes)\" d=\"\(data)\""
    end("path", title)
  }

  mutating func text(_ text: String, _ x: Double, _ y: Double, _ classes: String, _ anchor: Anchor = .start) {
    let place = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    markup +=
      "<text class=\"\(classes)\" x=\"\(Self.number(x))\" y=\"\(Self.number(y))\"\(place)>\(text.markup)</text>"
  }

  /// Text that is written upwards, its middle at a point.
  mutating func upright(_ text: String, _ x: Double, _ y: Double, _ classes: String) {
    let place = "\(Self.number(x)) \(Self.number(y))"
    markup +=
      "<text class=\"\(classes)\" transform=\"translate(\(place)) rotate(-90)\" text-anchor=\"middle\">\(text.markup)</text>"
  }

  /// What `body` draws, as a group.
  mutating func group(_ classes: String, _ body: (inout SVGCanvas) -> Void) {
    markup += "<g class=\"\(classes)\">"
    body(&self)
    markup += "</g>"
  }

  /// The commands of a line through points.
  static func points(_ points: [(x: Double, y: Double)]) -> String {
    var data = ""
    for (index, point) in points.enumerated() {
      data += (index == 0 ? "M" : "L") + number(point.x) + " " + number(point.y)
    }
    return data
  }

  /// A length with at most one digit after the point, which is less than a pixel on any screen.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return (tenths < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }

  private mutating func end(_ name: String, _ title: String) {
    markup += title.isEmpty ? "/>" : "><title>\(Self.lines(title))</title></\(name)>"
  }

  /// Each line escaped by itself.
  private static func lines(_ text: String) -> String {
    text.split(separator: "\n").map { String($0).markup }.joined(separator: "\n")
  }
}
