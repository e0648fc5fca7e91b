// SPDX-License-Identifier: MIT

/// A number with how far it may be off.
struct PlotPoint {
  var value: Double
  /// Nil where nothing can be said.
  var interval: ClosedRange<Double>?
  /// Whether the interval is of 95 %; else it goes from the least to the greatest round.
  var isConfident = true

  /// What is added to the class of its whisker.
  var whiskerClass: String { isConfident ? "" : " range" }
}
