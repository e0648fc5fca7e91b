// SPDX-License-Identifier: MIT

/// The last decisions. Written by one thread at a time, which the engine sees to; read under the same lock.
struct DecisionRing {
  @inline(__always) static var capacity: Int { 512 }

  private var decisions = InlineArray<512, Decision>(
    repeating: Decision(
      subject: .borrowLimit, oldValue: 0, newValue: 0, reason: Reason(kind: .wonContest, first: 0, second: 0)))
  /// Decisions ever made.
  private(set) var count: UInt64 = 0

  mutating func append(_ decision: Decision) {
    decisions[unchecked: Int(count % UInt64(Self.capacity))] = decision
    count &+= 1
  }

  /// The decision of a sequence number from 1; nil when there is none, or no longer. `mutating`, so that the ring is not copied.
  subscript(sequence: UInt64) -> Decision? {
    mutating get { decision(sequence) }
  }

  private mutating func decision(_ sequence: UInt64) -> Decision? {
    guard sequence >= 1, sequence <= count, count &- sequence < UInt64(Self.capacity) else { return nil }
    return decisions[unchecked: Int((sequence &- 1) % UInt64(Self.capacity))]
  }
}
