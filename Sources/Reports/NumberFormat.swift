// SPDX-License-Identifier: MIT

import Results

/// Numbers as people read them: three significant digits and a unit of a fitting size.
public enum NumberFormat {
  /// A number in a metric's unit: `12.3 M/s`, `3.41 ns`, `64.2 MiB`; `1.31` for ratios.
  public static func text(_ value: Double, unit: Metric.Unit) -> String {
    switch unit {
    case .operationsPerSecond, .operationsPerCPUSecond: decimal(value) + "/s"
    case .bytesPerSecond: binary(value) + "/s"
    case .bytes: binary(value)
    case .nanoseconds: time(value)
    case .count:
      value.magnitude < 10_000 && value == value.rounded() ? fixed(value, decimals: 0) : trimmed(decimal(value))
    case .ratio: significant(value)
    }
  }

  /// Three significant digits, more before the point where the number has them: `0.0123`, `1.31`, `1234`.
  public static func significant(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : value.description }
    var decimals = 2
    var magnitude = value.magnitude
    while magnitude < 1 && decimals < 12 {
      magnitude *= 10
      decimals += 1
    }
    while magnitude >= 10 && decimals > 0 {
      magnitude /= 10
      decimals -= 1
    }
    // Rounding up may have added a digit: 9.996 is 10.0, not 10.00.
    if decimals > 0, (magnitude * 100).rounded() >= 1000 { decimals -= 1 }
    return fixed(value, decimals: decimals)
  }

  /// A number with so many digits after the point.
  static func fixed(_ value: Double, decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (value.magnitude * scale).rounded()
    // Doubles of this size have no digits after the point to show.
    guard scaled < 1e18 else { return value.description }
    let digits = String(UInt64(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let whole = padded.dropLast(decimals)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return sign + whole + (decimals == 0 ? "" : "." + padded.suffix(decimals))
  }

  private static func decimal(_ value: Double) -> String {
    scaled(value, step: 1000, names: ["", "k", "M", "G", "T", "P"])
  }

  private static func binary(_ value: Double) -> String {
    scaled(value, step: 1024, names: ["B", "KiB", "MiB", "GiB", "TiB", "PiB"])
  }

  private static func time(_ nanoseconds: Double) -> String {
    scaled(nanoseconds, step: 1000, names: ["ns", "µs", "ms", "s"])
  }

  private static func scaled(_ value: Double, step: Double, names: [String]) -> String {
    var value = value
    var index = 0
    // 999.6 would be written 1000: it belongs to the next unit.
    while value.magnitude >= min(step, 999.5), index + 1 < names.count {
      value /= step
      index += 1
    }
    return significant(value) + " " + names[index]
  }

  private static func trimmed(_ text: String) -> String { text.last == " " ? String(text.dropLast()) : text }
}
