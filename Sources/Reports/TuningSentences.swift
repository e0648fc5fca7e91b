// SPDX-License-Identifier: MIT

import Comparison

/// Sentences that say what came of a search for settings.
public enum TuningSentences {
  /// Empty where nothing was compared.
  public static func text(_ ending: TuningEnding) -> [String] {
    switch ending {
    case .better(let standing):
      return ["best: \(standing.candidate.words)", "on fresh rounds, against the defaults: \(effects(standing))"]
    case .notBetter(let standing):
      return [
        "nothing beat the defaults", "the best of the search was: \(standing.candidate.words)",
        "on fresh rounds, against the defaults: \(effects(standing))",
      ]
    case .undecided(let candidate):
      return [
        "undecided: the best of the search was not compared long enough for an interval",
        "the best of the search was: \(candidate.words)",
      ]
    case .winnerFailed(let candidate): return ["failed in the end: \(candidate.words)"]
    case .defaultsFailed, .candidatesFailed, .interrupted: return []
    }
  }

  /// "0.93 (0.92 to 0.95) times the time, 0.88 (0.87 to 0.90) times the memory, 20 rounds".
  static func effects(_ standing: TuningStanding) -> String {
    "\(StatedRatio(spentOf: standing.time).text) times the time, "
      + "\(StatedRatio(spentOf: standing.memory).text) times the memory, \(standing.roundCount) rounds"
  }
}
