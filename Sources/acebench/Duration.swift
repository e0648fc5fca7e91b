// SPDX-License-Identifier: MIT

import ArgumentParser

/// A span of time as people write it: `500ms`, `10s`, `5m`, `2h`; a bare number is seconds.
struct Duration: ExpressibleByArgument {
  private static let units: [(suffix: String, seconds: Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)]

  /// Three hundred years, so that nanoseconds fit into 64 bits, signed or not.
  private static let longestSeconds = 9e9

  let seconds: Double

  /// As people write it, in seconds.
  var text: String { seconds == seconds.rounded() ? "\(Int(seconds))s" : "\(seconds)s" }

  init?(argument: String) {
    let unit = Self.units.first { argument.hasSuffix($0.suffix) }
    guard let number = Double(argument.dropLast(unit?.suffix.count ?? 0)), number >= 0 else { return nil }
    seconds = number * (unit?.seconds ?? 1)
    if seconds > Self.longestSeconds { return nil }
  }
}
