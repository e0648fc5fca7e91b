// SPDX-License-Identifier: MIT

/// The colours of allocators, the same in every figure. They differ in lightness as well as in hue, after the set of Okabe
/// and Ito ("Color Universal Design", 2008), which people who confuse red and green can tell apart; each is darkened for
/// white paper and lightened for a dark screen until it has a contrast of 3 : 1 or more.
enum PlotColor {
  static let all: [(light: String, dark: String)] = [
    ("#c8501a", "#ff8a50"),  // vermilion
    ("#0a6fb5", "#58b4f5"),  // blue
    ("#00845f", "#2fc999"),  // green
    ("#b0508f", "#e694c8"),  // purple
    ("#4c5561", "#b4bdc9"),  // slate
    ("#9a7300", "#e8bd3d"),  // ochre
    ("#6a52c4", "#a99bff"),  // violet
    ("#7b4a24", "#cf9a70"),  // brown
  ]

  /// Allocators that people know have a colour and a mark of their own, so that pages can be compared.
  private static let known = ["ace": 0, "mimalloc": 1, "jemalloc": 2, "tcmalloc": 3, "system": 4]

  /// A colour for each of the names, in their order; an index of `all` and of `PlotShape`. Colours come again where there
  /// are more names than colours.
  static func assigned(to names: [String]) -> [Int] {
    var free = Array(all.indices)
    for name in names { if let index = known[name] { free.removeAll { $0 == index } } }
    if free.isEmpty { free = Array(all.indices) }
    var next = 0
    return names.map { name in
      if let index = known[name] { return index }
      defer { next += 1 }
      return free[next % free.count]
    }
  }
}
