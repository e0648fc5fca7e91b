// SPDX-License-Identifier: MIT

@testable import ACEHosted

/// A program that a learner steers: what its epochs cost depends on the values that the learner has set.
struct LearnedProgram {
  var learner: KnobLearner
  private var costs: NoisyCosts
  private let usable: UInt64
  /// What is set now, of the knobs that are learned.
  private(set) var values: [Knob: UInt64] = [:]
  private(set) var decisions: [Decision] = []
  private var needsCost = false
  /// Epochs between contests.
  private(set) var pauses: [Int] = []
  private var pause = 0

  init(seed: UInt64, noise: Double, usable: UInt64, start: [Knob: UInt64]) {
    learner = KnobLearner(seed: seed)
    costs = NoisyCosts(seed: seed &* 7919, noise: noise)
    self.usable = usable
    for index in 0..<LearnedKnob.count {
      guard let knob = LearnedKnob(rawValue: index)?.knob else { continue }
      learner.begin(knob, at: start[knob] ?? knob.facts.initial)
      values[knob] = learner.value(of: knob)
    }
  }

  var moves: [Decision] { decisions.filter { $0.reason.kind == .wonContest } }

  /// Lets epochs pass; `factor` is time × memory under the values set, as a multiple of some unit.
  mutating func run(epochs: Int, factor: ([Knob: UInt64]) -> Double) {
    for _ in 0..<epochs {
      let step = learner.epochEnded(cost: needsCost ? costs.cost(factor(values)) : nil, usable: usable)
      if let knob = step.knob { values[knob] = step.value }
      if let decision = step.decision { decisions.append(decision) }
      if step.needsCost, !needsCost, pause > 0 { pauses.append(pause) }
      pause = step.needsCost ? 0 : pause + 1
      needsCost = step.needsCost
    }
  }
}
