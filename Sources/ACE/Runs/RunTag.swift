// SPDX-License-Identifier: MIT

/// What is known of a run of units, written at its first and its last unit so that both neighbours find it.
struct RunTag: Equatable {
  private static let freeBit: UInt32 = 1 << 31
  let bits: UInt32

  @inline(__always) init(bits: UInt32) { self.bits = bits }
  @inline(__always) static func live(_ length: UInt32) -> RunTag { RunTag(bits: length) }
  @inline(__always) static func free(_ length: UInt32) -> RunTag { RunTag(bits: length | freeBit) }
  /// Marks an end of the units: a run that never becomes free.
  @inline(__always) static var border: RunTag { RunTag(bits: 0) }

  /// In units.
  @inline(__always) var length: UInt32 { bits & ~Self.freeBit }
  @inline(__always) var isFree: Bool { bits & Self.freeBit != 0 }
}
