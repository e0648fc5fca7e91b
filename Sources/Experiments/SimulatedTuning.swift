// SPDX-License-Identifier: MIT

import Comparison
import Workloads

/// A search whose processes are simulated and whose decisions are the real ones.
public struct SimulatedTuning: Sendable {
  public var space: TuningSpace
  public var goal: TuningGoal
  public var limits: TuningLimits
  /// What disturbs time; memory is disturbed by a tenth of its scatter and by nothing else.
  public var noise: SimulatedNoise
  /// What each candidate gains on the defaults, as it truly is.
  public var gain: @Sendable (TuningCandidate) -> TuningFigures

  public init(
    space: TuningSpace, goal: TuningGoal = .balanced, limits: TuningLimits = TuningLimits(), noise: SimulatedNoise,
    gain: @escaping @Sendable (TuningCandidate) -> TuningFigures
  ) {
    self.space = space
    self.goal = goal
    self.limits = limits
    self.noise = noise
    self.gain = gain
  }

  public struct Result: Sendable {
    public var winner: TuningCandidate
    public var ending: TuningEnding
    public var search: TuningSearch
    /// Candidates of each rung, as they began it.
    public var rungs: [TuningRung]
  }

  /// The same seed gives the same search.
  public func run(seed: UInt64) -> Result {
    var generator = SplitMix64(seed: seed)
    var machine = SimulatedMachine(noise, seed: generator.next())
    var store = SimulatedMachine(SimulatedNoise(scatter: noise.scatter / 10), seed: generator.next())
    let schedule = RoundSchedule(seed: seed)
    var search = TuningSearch(space, goal: goal, limits: limits)
    var number: UInt32 = 0
    func round(_ candidates: [TuningCandidate]) -> TuningRound {
      number += 1
      let gains = candidates.map(gain)
      let order = schedule.arms(count: candidates.count, round: Int(number), cell: "cell", pass: "time")
      let speeds = machine.round(order: order, effects: gains.map(\.time))
      let sizes = store.round(order: order, effects: gains.map(\.memory))
      var figures: [TuningCandidate: TuningFigures] = [:]
      for (place, index) in order.enumerated() {
        figures[candidates[index]] = TuningFigures(time: speeds[place], memory: sizes[place])
      }
      return TuningRound(number: number, figures: figures)
    }
    var rungs: [TuningRung] = []
    while let rung = search.nextRung(using: &generator) {
      rungs.append(rung)
      for _ in 0..<rung.roundCount { search.note(round(search.running)) }
    }
    let winner = search.leader
    let fresh = (0..<limits.finalRoundCount).map { _ in round([.initial, winner]) }
    return Result(
      winner: winner, ending: TuningEnding(winner, in: fresh, goal: goal), search: search, rungs: rungs)
  }
}
