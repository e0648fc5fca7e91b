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
  init?(decimal field: Span<UInt8>) {
    // Double accepts more than decimal numbers ("inf", "0x1p3"), and those are not what a measurement is.
    guard !field.isEmpty, field.indices.allSatisfy({ Self.isOfDecimal(field[$0]) }) else { return nil }
    if field[0] != UInt8(ascii: "+"), let count = UInt64(decimal: field) {
      self = .count(count)
    } else if let real = Double(String(field: field)), real.isFinite {
      self = .real(real)
    } else {
      return nil
    }
  }

  private static func isOfDecimal(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
