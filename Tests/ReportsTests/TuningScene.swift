// SPDX-License-Identifier: MIT

import Comparison
import Glibc

/// Candidates whose gains in every round are written down.
enum TuningScene {
  static let lean = TuningCandidate([TuningSetting("purge-delay-ms", "0"), TuningSetting("engine", "off")])

  /// - Parameters:
  ///   - time, memory: Of the candidate ÷ of the defaults.
  ///   - roundCount: Rounds that differ by a thousandth each.
  static func standing(
    _ candidate: TuningCandidate = lean, time: Double, memory: Double, roundCount: Int = 7
  ) -> TuningStanding? {
    let rounds = (0..<roundCount).map { round in
      let shift = Double(round - roundCount / 2) / 1000
      let gain = TuningFigures(time: -log(time) + shift, memory: -log(memory) + shift)
      return TuningRound(
        number: UInt32(round + 1),
        figures: [.initial: TuningFigures(time: 0, memory: 0)].merging([candidate: gain]) { first, _ in first })
    }
    return TuningStanding(candidate, in: rounds, goal: .balanced)
  }
}
