// SPDX-License-Identifier: MIT

/// What a search for settings weighs: the share of time in a candidate's gain, the rest being memory's.
public enum TuningGoal: String, CaseIterable, Codable, Sendable {
  case time
  case balanced
  case memory

  /// From 0 to 1, as ACE's own goal of that name has it (`ACE_GOAL`).
  public var timeShare: Double {
    switch self {
    case .time: 0.875
    case .balanced: 0.5
    case .memory: 0.125
    }
  }

  /// One number for both; more is better.
  public func goodness(_ figures: TuningFigures) -> Double {
    timeShare * figures.time + (1 - timeShare) * figures.memory
  }
}
