// SPDX-License-Identifier: MIT

/// What a thread hands in after some slow calls.
struct Observation {
  /// The heap that it is about.
  var heapNumber: UInt64
  /// By the clock that policies use.
  var milliseconds: UInt64
  /// Since the heap's last.
  var figures: EpochFigures

  /// Words of 8 bytes.
  @inline(__always) static var wordCount: Int { 2 + EpochFigures.fieldCount }
}
