// SPDX-License-Identifier: MIT

/// A measured number: exact when it was counted, floating when it was computed.
public enum MetricValue: Equatable, Sendable {
  case count(UInt64)
  case real(Double)

  /// The number as floating point.
  public var double: Double {
    switch self {
    case .count(let count): Double(count)
    case .real(let real): real
    }
  }

  /// The shortest decimal form that reads back as the same value.
  var text: String {
    switch self {
    case .count(let count): String(count)
    case .real(let real): real.description
    }
  }

  /// Reads what `text` wrote; nil for anything that is not a finite decimal number.
  init?(text: some StringProtocol) {
    // Double accepts more than decimal numbers ("inf", "0x1p3"), and those are not what a measurement is.
    guard text.utf8.allSatisfy(Self.decimalCharacters.contains) else { return nil }
    if let count = UInt64(text), text.first != "+" {
      self = .count(count)
    } else if let real = Double(text), real.isFinite {
      self = .real(real)
    } else {
      return nil
    }
  }

  private static let decimalCharacters = Set("0123456789+-.eE".utf8)
}
