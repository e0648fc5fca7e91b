// SPDX-License-Identifier: MIT

import Statistics

extension GateFinding {
  /// A finding with the figures of its rounds, and no verdict yet.
  init(
    identifier: String?, title: String, _ metric: GateMetric, _ differences: [Double], stage: GateStage,
    margins: Margins?
  ) {
    cellIdentifier = identifier
    self.title = title
    self.metric = metric
    self.margins = margins
    self.stage = stage
    verdict = .inconclusive
    roundCount = 0
    isImprovement = false
    setFigures(differences)
  }

  /// Takes the figures and the verdict of the second stage; where that had no rounds, the first's figures stay.
  mutating func settle(_ differences: [Double], _ confirmation: GateRule.Confirmation) {
    verdict = confirmation.verdict
    if !differences.isEmpty {
      stage = .confirm
      setFigures(differences)
      probability = confirmation.probability
      adjustedProbability = confirmation.adjustedProbability
    }
    guard verdict == .inconclusive, let margins, let deviation = standardDeviation else { return }
    roundsNeeded = Statistics.roundsNeeded(standardDeviation: deviation, width: margins.gap)
  }

  /// Sets the medians of what both arms measured; without rounds those that it has stay.
  mutating func addMedians(of rounds: [GateRound]) {
    guard !rounds.isEmpty else { return }
    func median(_ role: GateRole) -> Double? {
      SortedSample(rounds.compactMap { $0.goodness[role]?[metric] }).map { metric.value(ofGoodness: $0.median) }
    }
    baseMedian = median(.base)
    headMedian = median(.head)
  }

  private mutating func setFigures(_ differences: [Double]) {
    guard let effect = PairedEffect(differences: differences) else { return }
    roundCount = effect.roundCount
    ratio = metric.ratio(of: effect.estimate)
    if let interval = effect.interval {
      let ends = [metric.ratio(of: interval.lowerBound), metric.ratio(of: interval.upperBound)]
      lowRatio = ends.min()
      highRatio = ends.max()
    }
    standardDeviation = effect.standardDeviation
    isImprovement = effect.isImprovement
    if let margins { probability = effect.lossProbability(margins) }
  }
}
