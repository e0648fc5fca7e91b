// SPDX-License-Identifier: MIT

/// How much the learning layer may do.
enum EngineMode: UInt64 {
  /// Nothing is counted for it.
  case off
  /// It counts, and writes down what it would decide for single classes.
  case observe
  /// It decides, and applies what it decides.
  case on

  /// The mode of the process.
  nonisolated(unsafe) static var current = Profile.balanced.engine

  var name: StaticString {
    switch self {
    case .off: "off"
    case .observe: "observe"
    case .on: "on"
    }
  }
}
