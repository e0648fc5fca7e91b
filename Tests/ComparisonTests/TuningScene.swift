// SPDX-License-Identifier: MIT

import Comparison

/// Rounds of candidates whose gains are written down.
enum TuningScene {
  static func candidate(_ name: String, _ value: String = "on") -> TuningCandidate {
    TuningCandidate([TuningSetting(name, value)])
  }

  /// - Parameter gains: Of each candidate, in time and memory alike, a number for each round; nil where it has no figures.
  static func rounds(_ gains: [TuningCandidate: [Double?]]) -> [TuningRound] {
    let count = gains.values.map(\.count).max() ?? 0
    return (0..<count).map { round in
      // What the machine does in a round is the same for all.
      let machine = Double(round % 3) / 10
      var figures: [TuningCandidate: TuningFigures] = [.initial: TuningFigures(time: machine, memory: machine)]
      for (candidate, numbers) in gains {
        guard round < numbers.count, let gain = numbers[round] else { continue }
        figures[candidate] = TuningFigures(time: machine + gain, memory: machine + gain)
      }
      return TuningRound(number: UInt32(round + 1), figures: figures)
    }
  }

  static func standings(_ gains: [TuningCandidate: [Double?]]) -> [TuningStanding] {
    let rounds = rounds(gains)
    return gains.keys.sorted { $0.switches < $1.switches }.compactMap {
      TuningStanding($0, in: rounds, goal: .balanced)
    }
  }
}
