// SPDX-License-Identifier: MIT

import CACEInterface

/// Something that ACE's learning layer decided: `struct ace_decision` of `ace.h`.
public struct ACEDecision: Equatable, Sendable {
  /// From 1.
  public let sequence: UInt64
  /// Since ACE began, by the clock that its policies use.
  public let milliseconds: UInt64
  public let epoch: UInt64
  /// The name of the knob that was moved.
  public let subject: String
  /// The size class it is about, by its blocks' size; nil where it is about all.
  public let classByteCount: UInt64?
  public let oldValue: UInt64
  public let newValue: UInt64
  /// False where the engine only observes.
  public let wasApplied: Bool
  /// In units of the cost function (docs/learning.md); nil where there is none.
  public let oldCost: Double?
  public let newCost: Double?
  public let reason: String

  init(_ record: ace_decision) {
    sequence = record.sequence
    milliseconds = record.milliseconds
    epoch = record.epoch
    subject = FixedText.string(record.subject)
    classByteCount = record.class_bytes == 0 ? nil : record.class_bytes
    oldValue = record.old_value
    newValue = record.new_value
    wasApplied = record.was_applied != 0
    oldCost = Self.cost(record.old_cost)
    newCost = Self.cost(record.new_cost)
    reason = FixedText.string(record.reason)
  }

  /// Of thousandths of a unit, moved up so that they are never negative; 0 stands for none.
  private static func cost(_ recorded: UInt64) -> Double? {
    recorded == 0 ? nil : (Double(recorded) - 1_000_000) / 1000
  }
}
