// SPDX-License-Identifier: MIT

/// What tells whether a heap, and each of its classes, is in use. Written by whoever may use the heap.
struct HeapActivity {
  /// Calls that the fronts could not serve.
  var slowCallCount: UInt64 = 0
  /// Slabs that frees have made worth looking at.
  var countdownCount: UInt64 = 0
  /// When the heap last looked after itself, in the policies' milliseconds.
  var lastTick: UInt64 = 0
  /// Of each class, what its front looked like at the last tick.
  var fingerprints = InlineArray<66, UInt32>(repeating: 0)
  /// Ticks since then at which it looked the same.
  var idleTickCounts = InlineArray<66, UInt16>(repeating: 0)
  /// Whether its list went back to its slab since it was last seen in use.
  var hasShrunk = InlineArray<66, Bool>(repeating: false)
  /// What has been handed in of the counters.
  var observed = EpochFigures()
  /// Pages given back from inside of partly live slabs and superslabs.
  var trimmedPageCount: UInt64 = 0
}
