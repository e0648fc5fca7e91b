// SPDX-License-Identifier: MIT

import CACEInterface

/// Something of ACE that can be set, as the library describes it: `struct ace_knob` of `ace.h`.
public struct ACEKnob: Equatable, Sendable {
  public enum Kind: String, Sendable {
    /// A policy that is on (1) or off (0).
    case `switch`
    case number
  }

  public let name: String
  public let kind: Kind
  /// What a number counts; empty for a switch.
  public let unit: String
  public let range: ClosedRange<UInt64>
  /// What is set unless something is asked for.
  public let initialValue: UInt64
  /// What is set now.
  public let value: UInt64

  public init(
    name: String, kind: Kind, unit: String, range: ClosedRange<UInt64>, initialValue: UInt64, value: UInt64
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.range = range
    self.initialValue = initialValue
    self.value = value
  }

  /// nil where the library describes nothing that could be set.
  init?(_ record: ace_knob) {
    guard record.minimum <= record.maximum else { return nil }
    self.init(
      name: FixedText.string(record.name), kind: record.kind == UInt64(ACE_KNOB_SWITCH.rawValue) ? .switch : .number,
      unit: FixedText.string(record.unit), range: record.minimum...record.maximum, initialValue: record.initial,
      value: record.value)
  }
}
