// SPDX-License-Identifier: MIT

/// The value of a parameter: a whole number or a fraction, as the parameter's unit asks.
public enum WorkloadValue: Equatable, Sendable {
  case integer(Int)
  case fraction(Double)

  /// The value for comparisons; exact, as no parameter goes beyond 2^53.
  var number: Double {
    switch self {
    case .integer(let value): Double(value)
    case .fraction(let value): value
    }
  }

  /// The value as a parameter's text; bytes in the largest binary unit that divides them.
  func text(in unit: WorkloadUnit) -> String {
    switch self {
    case .fraction(let value): return "\(value)"
    case .integer(let value):
      guard unit == .bytes, value > 0 else { return "\(value)" }
      for suffix in unit.suffixes where suffix.factor > 1 && value.isMultiple(of: Int(suffix.factor)) {
        return "\(value / Int(suffix.factor))\(suffix.text)"
      }
      return "\(value)"
    }
  }
}
