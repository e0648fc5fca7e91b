// SPDX-License-Identifier: MIT

import Glibc

/// New candidates, made of settings that did well alone.
struct TuningDraw {
  private let space: TuningSpace
  private let goal: TuningGoal
  /// What single moves gained.
  private let gains: [TuningSetting: Double]
  /// The standard error of those.
  private let error: Double

  /// Chosen: of thirty variables three move without a reason, which is what may show how two go together.
  private static let restingShare = 0.9
  /// Beyond so many standard errors a gain is no more certain.
  private static let largestEvidence = 4.0

  init(_ space: TuningSpace, goal: TuningGoal, gains: [TuningSetting: Double], error: Double) {
    self.space = space
    self.goal = goal
    self.gains = gains
    self.error = max(error, 1e-9)
  }

  /// The best two moves together, the best three, four, six, and so on, as far as moves gained more than they are
  /// worth asking for.
  func merged() -> [TuningCandidate] {
    let best = space.variables.compactMap { variable -> (setting: TuningSetting, gain: Double)? in
      variable.settings.compactMap { setting in gains[setting].map { (setting, $0) } }.max { $0.1 < $1.1 }
    }.filter { $0.gain > TuningStanding.worthOfSetting }.sorted { $0.gain > $1.gain }
    return [2, 3, 4, 6, 8, 12].filter { $0 <= best.count }.map { count in
      space.candidate(best.prefix(count).map(\.setting), for: goal)
    }
  }

  /// Each variable moved with a probability that grows with what it gained, exp (gain ÷ standard error) to one.
  func random(using generator: inout some RandomNumberGenerator) -> TuningCandidate {
    let settings = space.variables.compactMap { variable -> TuningSetting? in
      let prior = (1 - Self.restingShare) / Double(max(variable.levels.count, 1))
      let weights = variable.settings.map { setting in
        let evidence = (gains[setting] ?? 0) / error
        return prior * exp(min(max(evidence, -Self.largestEvidence), Self.largestEvidence))
      }
      var place = Double.random(in: 0..<Self.restingShare + weights.reduce(0, +), using: &generator)
      for (setting, weight) in zip(variable.settings, weights) {
        if place < weight { return setting }
        place -= weight
      }
      return nil
    }
    return space.candidate(settings, for: goal)
  }

  /// The candidate with one setting less each, those first that gained least alone; with all of them gone that gained
  /// nothing alone.
  func simplified(_ candidate: TuningCandidate, atMost count: Int) -> [TuningCandidate] {
    let settings = candidate.settings.filter { $0.name != "goal" }
    func gain(_ setting: TuningSetting) -> Double { gains[setting] ?? 0 }
    let idle = settings.filter { gain($0) <= 0 }
    let single = settings.sorted { gain($0) < gain($1) }.map { setting in settings.filter { $0 != setting } }
    return ([settings.filter { !idle.contains($0) }] + single).prefix(count).map { space.candidate($0, for: goal) }
  }
}
