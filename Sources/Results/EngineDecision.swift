// SPDX-License-Identifier: MIT

/// Something that ACE's learning layer decided in a process.
public struct EngineDecision: Equatable, Sendable {
  /// From 1, in the order in which they were made.
  public var sequence: UInt64
  /// Since ACE began, by the clock that its policies use.
  public var milliseconds: UInt64
  public var epoch: UInt64
  /// The knob that it is about.
  public var subject: String
  /// The size class that it is about, by its blocks' size; nil where it is about all.
  public var classByteCount: UInt64?
  public var oldValue: UInt64
  public var newValue: UInt64
  /// False where the engine only observed.
  public var wasApplied: Bool
  /// In units of the cost function; nil where there is none.
  public var oldCost: Double?
  public var newCost: Double?
  public var reason: String

  public init(
    sequence: UInt64, milliseconds: UInt64, epoch: UInt64, subject: String, classByteCount: UInt64? = nil,
    oldValue: UInt64, newValue: UInt64, wasApplied: Bool, oldCost: Double? = nil, newCost: Double? = nil,
    reason: String
  ) {
    self.sequence = sequence
    self.milliseconds = milliseconds
    self.epoch = epoch
    self.subject = subject
    self.classByteCount = classByteCount
    self.oldValue = oldValue
    self.newValue = newValue
    self.wasApplied = wasApplied
    self.oldCost = oldCost
    self.newCost = newCost
    self.reason = reason
  }

  /// The names of its columns; `decision` is its sequence number, for rows have one too.
  public static let columns = [
    "decision", "milliseconds", "epoch", "subject", "class_bytes", "old_value", "new_value", "was_applied", "old_cost",
    "new_cost", "reason",
  ]

  /// A field for each column, empty where there is no value.
  var fields: [String] {
    [
      String(sequence), String(milliseconds), String(epoch), subject, classByteCount.map { String($0) } ?? "",
      String(oldValue), String(newValue), wasApplied ? "1" : "0", oldCost?.description ?? "",
      newCost?.description ?? "", reason,
    ]
  }
}
