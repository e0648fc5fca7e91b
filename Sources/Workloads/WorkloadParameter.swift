// SPDX-License-Identifier: MIT

/// Something about a workload that can be set.
public struct WorkloadParameter: Sendable {
  public let name: String
  /// What it means, in one line.
  public let meaning: String
  public let unit: WorkloadUnit
  public let defaultValue: WorkloadValue
  public let minimum: WorkloadValue
  public let maximum: WorkloadValue
  /// The parameter that this one may not be below, if any.
  public let lowerParameter: String?

  init(
    _ name: String, default value: Int, in range: ClosedRange<Int>, unit: WorkloadUnit = .count,
    notBelow lowerParameter: String? = nil, _ meaning: String
  ) {
    self.name = name
    self.meaning = meaning
    self.unit = unit
    self.lowerParameter = lowerParameter
    defaultValue = .integer(value)
    minimum = .integer(range.lowerBound)
    maximum = .integer(range.upperBound)
  }

  init(fraction name: String, default value: Double, in range: ClosedRange<Double>, _ meaning: String) {
    self.name = name
    self.meaning = meaning
    unit = .fraction
    lowerParameter = nil
    defaultValue = .fraction(value)
    minimum = .fraction(range.lowerBound)
    maximum = .fraction(range.upperBound)
  }

  /// The default as text, as a specification would say it.
  public var defaultText: String { defaultValue.text(in: unit) }

  /// The range as text: `1 to 64KiB`.
  public var rangeText: String { "\(minimum.text(in: unit)) to \(maximum.text(in: unit))" }

  /// The value of a text, or nil when it is not a number of this parameter's unit.
  func value(of text: Substring) -> WorkloadValue? {
    if unit == .fraction {
      guard let fraction = Double(text), fraction.isFinite else { return nil }
      return .fraction(fraction)
    }
    for suffix in unit.suffixes where text.hasSuffix(suffix.text) {
      guard let count = UInt64(text.dropLast(suffix.text.count)) else { continue }
      let product = count.multipliedReportingOverflow(by: suffix.factor)
      return .integer(product.overflow ? Int.max : Int(clamping: product.partialValue))
    }
    return UInt64(text).map { .integer(Int(clamping: $0)) }
  }
}
