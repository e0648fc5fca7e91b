// SPDX-License-Identifier: MIT

/// Places for texts that must not lie on one another.
enum PlotLabels {
  /// How much of its size a letter is wide, in the widest of the usual fonts.
  private static let emWidth = 0.62

  /// About how wide a text is in a proportional font of a size.
  static func width(_ text: String, fontSize: Double) -> Double { Double(text.displayWidth) * fontSize * emWidth }

  /// A text that is at most so wide.
  static func clipped(_ text: String, width: Double, fontSize: Double) -> String {
    text.printable.clipped(to: max(3, Int(width / (fontSize * emWidth))))
  }

  /// Moves centres of labels as little as it takes for none to overlap, within a range as far as there is room.
  ///
  /// - Parameter extents: How much room each takes along the axis.
  static func spread(_ centres: [Double], extents: [Double], within range: ClosedRange<Double>) -> [Double] {
    let order = centres.indices.sorted { centres[$0] < centres[$1] }
    var places = centres
    var edge = range.lowerBound
    for index in order {
      places[index] = max(places[index], edge + extents[index] / 2)
      edge = places[index] + extents[index] / 2
    }
    // What was pushed beyond the end goes back, and pushes those before it.
    edge = range.upperBound
    for index in order.reversed() {
      places[index] = min(places[index], edge - extents[index] / 2)
      edge = places[index] - extents[index] / 2
    }
    return places
  }
}
