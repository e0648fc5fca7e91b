// SPDX-License-Identifier: MIT

import Results

/// What the numbers along an axis are written in, one for all of them.
struct PlotUnit {
  /// What goes behind the axis's name.
  var name: String
  /// How much one of it is.
  var size: Double

  /// The unit in which the largest number of an axis has one to three digits before the point.
  static func fitting(_ unit: Metric.Unit, _ largest: Double) -> PlotUnit {
    let sizes: [PlotUnit] =
      switch unit {
      case .bytes: binary("")
      case .bytesPerSecond: binary("/s")
      case .nanoseconds: times
      case .operationsPerSecond: decimal("/s")
      case .operationsPerCPUSecond: decimal("/CPU s")
      case .count: decimal("")
      case .ratio: [PlotUnit(name: "", size: 1)]
      }
    return sizes.last { largest >= $0.size } ?? sizes[0]
  }

  /// A number without the unit's name: `0.25`, `1.5`, `20`.
  func text(_ value: Double) -> String {
    let text = NumberFormat.significant(value / size)
    guard text.contains(".") else { return text }
    let digits = text.reversed().drop { $0 == "0" }
    return String((digits.first == "." ? digits.dropFirst() : digits).reversed())
  }

  /// A prefix of counts as a word: "million".
  var words: String { ["k": "thousand", "M": "million", "G": "billion"][name] ?? name }

  /// "peak memory, MiB".
  func title(_ name: String) -> String { self.name.isEmpty ? name : name + ", " + self.name }

  private static func binary(_ suffix: String) -> [PlotUnit] {
    zip(["B", "KiB", "MiB", "GiB", "TiB"], [0, 10, 20, 30, 40]).map {
      PlotUnit(name: $0 + suffix, size: Double(1 << $1))
    }
  }

  private static let times = [
    PlotUnit(name: "ns", size: 1), PlotUnit(name: "µs", size: 1e3), PlotUnit(name: "ms", size: 1e6),
    PlotUnit(name: "s", size: 1e9),
  ]

  private static func decimal(_ suffix: String) -> [PlotUnit] {
    zip(["", "k", "M", "G"], [1, 1e3, 1e6, 1e9]).map { PlotUnit(name: $0 + suffix, size: $1) }
  }
}
