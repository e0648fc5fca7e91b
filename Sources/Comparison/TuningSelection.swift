// SPDX-License-Identifier: MIT

import Statistics

/// Who goes on to the next rung of a search.
///
/// Successive halving (Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and Hyperparameter Optimization",
/// AISTATS 2016), aware of noise: who cannot be told from the last that stays, stays too, as far as there is room.
struct TuningSelection {
  /// How many stay in any case.
  var keptCount: Int
  /// How many stay at most.
  var largestCount: Int
  /// The probability that intervals are right.
  private static let tail = 0.025

  /// The best first. The defaults take no place and are not among them.
  func survivors(of standings: [TuningStanding]) -> [TuningStanding] {
    let ranked = standings.filter { !$0.candidate.isInitial }.sorted(by: Self.isBefore)
    guard ranked.count > keptCount, keptCount > 0 else { return Array(ranked.prefix(keptCount)) }
    let last = ranked[keptCount - 1]
    let halfWidth = Self.pooledHalfWidth(ranked)
    let others = ranked[keptCount...].prefix(max(0, largestCount - keptCount)).prefix {
      !Self.isWorse($0, than: last, halfWidth)
    }
    return Array(ranked[..<keptCount]) + others
  }

  /// Of those that cannot be told from the best, the one with the fewest settings: what a file has shall have a reason.
  /// Nil without candidates beside the defaults.
  static func simplest(of standings: [TuningStanding]) -> TuningStanding? {
    let ranked = standings.filter { !$0.candidate.isInitial }.sorted(by: isBefore)
    guard let best = ranked.first else { return nil }
    let halfWidth = pooledHalfWidth(ranked)
    // Equal ones stay in the order of their rank.
    return ranked.filter { !isWorse($0, than: best, halfWidth) }
      .reduce(best) { $1.candidate.decisionCount < $0.candidate.decisionCount ? $1 : $0 }
  }

  /// Those with equal figures in the order of their names, so that a search repeats itself.
  static func isBefore(_ first: TuningStanding, _ second: TuningStanding) -> Bool {
    first.worth == second.worth
      ? first.candidate.switches < second.candidate.switches : first.worth > second.worth
  }

  /// Whether the interval of the difference, by rounds, lies on one side.
  private static func isWorse(_ standing: TuningStanding, than last: TuningStanding, _ halfWidth: Double?) -> Bool {
    let handicap =
      (standing.worth - standing.score.estimate) - (last.worth - last.score.estimate)
    if let effect = PairedEffect(differences: differences(standing, last).map { $0 + handicap }, tail: tail),
      let interval = effect.interval
    {
      return interval.upperBound < 0
    }
    guard let halfWidth else { return false }
    return standing.worth + halfWidth < last.worth
  }

  private static func differences(_ first: TuningStanding, _ second: TuningStanding) -> [Double] {
    let others = Dictionary(second.scoreByRound.map { ($0.round, $0.score) }, uniquingKeysWith: { $1 })
    return first.scoreByRound.compactMap { round, score in others[round].map { score - $0 } }
  }

  /// Half the width of the interval of a difference of two where single rounds are too few for one: from what all
  /// candidates together scatter about the sum of their own mean and that of the round.
  static func pooledHalfWidth(_ standings: [TuningStanding]) -> Double? {
    guard let error = pooledError(standings) else { return nil }
    return -StudentT(degreesOfFreedom: error.degreesOfFreedom).quantile(tail) * error.deviation * 2.0.squareRoot()
  }

  /// The standard error of the mean of one candidate's rounds; nil where fewer than two have run in fewer than two rounds.
  static func pooledError(_ standings: [TuningStanding]) -> (deviation: Double, degreesOfFreedom: Int)? {
    let longest = standings.map(\.roundCount).max() ?? 0
    let rows = standings.filter { $0.roundCount == longest }.map { $0.scoreByRound.map(\.score) }
    guard longest > 1, rows.count > 1 else { return nil }
    let roundMeans = (0..<longest).map { round in mean(rows.map { $0[round] }) }
    let whole = mean(roundMeans)
    let squares = rows.reduce(0.0) { sum, row in
      let own = mean(row)
      return zip(row, roundMeans).reduce(sum) { total, pair in
        let residual = pair.0 - own - pair.1 + whole
        return total + residual * residual
      }
    }
    let degrees = (rows.count - 1) * (longest - 1)
    return ((squares / Double(degrees) / Double(longest)).squareRoot(), degrees)
  }

  private static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
}
