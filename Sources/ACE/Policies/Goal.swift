// SPDX-License-Identifier: MIT

/// What the engine weighs: the share of time in its cost, the rest being memory's.
enum Goal: UInt64 {
  case time
  case balanced
  case memory

  nonisolated(unsafe) static var current = Goal.balanced

  var name: StaticString {
    switch self {
    case .time: "time"
    case .balanced: "balanced"
    case .memory: "memory"
    }
  }

  /// From 0 to 1.
  var timeShare: Double {
    switch self {
    case .time: 0.875
    case .balanced: 0.5
    case .memory: 0.125
    }
  }
}
