// SPDX-License-Identifier: MIT

/// Looking after memory that is not used.
enum Upkeep {
  /// The least time between two ticks.
  nonisolated(unsafe) static var tickMilliseconds: UInt64 = 50
  /// Ticks without any slow call after which a heap counts as idle.
  nonisolated(unsafe) static var idleTickCount: UInt32 = 4
}
