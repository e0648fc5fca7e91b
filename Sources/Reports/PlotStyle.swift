// SPDX-License-Identifier: MIT

/// How a series looks in every figure: its colour, its mark, and what tells results apart.
struct PlotStyle: Equatable {
  /// An index of `PlotColor.all`.
  var color: Int
  var shape: PlotShape
  /// Which of several results it belongs to, the first being 0.
  var result = 0
  /// A number that no other series has, by which a page shows and hides it.
  var series: Int

  /// The classes of all its elements.
  var classes: String { "c\(color) s\(series)" }

  /// Those of a mark: filled for the first result, hollow for others.
  var markClasses: String { "mark " + (result == 0 ? "" : "hollow ") + classes }

  /// Those of a line: whole for the first result, dashed for others.
  var curveClasses: String { "curve " + (result == 0 ? "" : "dash\(min(result, 3)) ") + classes }
}
