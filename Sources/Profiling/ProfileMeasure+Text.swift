// SPDX-License-Identifier: MIT

extension ProfileMeasure {
  /// A value with its unit, as people read it: `1.50 MiB`, `12.3 ms`, `1,234,567 cycles`.
  public func text(of value: Int64) -> String {
    switch unit {
    case .count: "\(Self.grouped(value)) \(name)"
    case .bytes: Self.scaled(value, step: 1024, units: ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
    case .nanoseconds: Self.duration(value)
    }
  }

  /// A share of a whole: `12.3 %`.
  static func percentText(_ share: Double, isSigned: Bool = false) -> String {
    let text = decimal(share * 100, digits: abs(share) < 0.0995 ? 2 : 1)
    return (isSigned && share > 0 ? "+" : "") + text + " %"
  }

  private static func duration(_ nanoseconds: Int64) -> String {
    nanoseconds.magnitude < 1_000_000_000
      ? scaled(nanoseconds, step: 1000, units: ["ns", "µs", "ms"])
      : decimal(Double(nanoseconds) / 1e9, digits: 2) + " s"
  }

  /// With three significant digits.
  private static func scaled(_ value: Int64, step: Double, units: [String]) -> String {
    var rest = Double(value)
    var unit = 0
    while abs(rest) >= step, unit + 1 < units.count {
      rest /= step
      unit += 1
    }
    let digits = unit == 0 || abs(rest) >= 99.95 ? 0 : abs(rest) >= 9.995 ? 1 : 2
    return decimal(rest, digits: digits) + " " + units[unit]
  }

  private static func decimal(_ value: Double, digits: Int) -> String {
    var scale: Int64 = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int64((value * Double(scale)).rounded())
    let whole = "\(scaled < 0 ? "-" : "")\(scaled.magnitude / UInt64(scale))"
    guard digits > 0 else { return whole }
    let fraction = String(scaled.magnitude % UInt64(scale))
    return whole + "." + String(repeating: "0", count: digits - fraction.utf8.count) + fraction
  }

  private static func grouped(_ value: Int64) -> String {
    var groups: [Substring] = []
    var rest = Substring(String(value.magnitude))
    while rest.utf8.count > 3 {
      groups.insert(rest.suffix(3), at: 0)
      rest = rest.dropLast(3)
    }
    return (value < 0 ? "-" : "") + ([rest] + groups).joined(separator: ",")
  }
}
