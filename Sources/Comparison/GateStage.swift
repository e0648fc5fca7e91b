// SPDX-License-Identifier: MIT

/// The two stages of a gate. What fails the first is measured anew in the second, which does not look at the first's
/// rounds: cells picked for having looked bad would else look bad again by the rounds they were picked for.
public enum GateStage: UInt32, CaseIterable, Codable, Sendable {
  case screen = 1
  case confirm = 2
}
