// SPDX-License-Identifier: MIT

/// How a candidate did beside the defaults, over rounds in which both ran.
public struct TuningStanding: Sendable {
  public let candidate: TuningCandidate
  /// In the order of rounds.
  let scoreByRound: [(round: UInt32, score: Double)]
  public let time: PairedEffect
  public let memory: PairedEffect
  /// Both by the goal.
  public let score: PairedEffect

  /// What a setting has to gain to be worth its line. Without it candidates win that carry, by luck, settings which do
  /// nothing.
  public static let worthOfSetting = 0.002

  /// Nil without a round in which both ran.
  public init?(_ candidate: TuningCandidate, in rounds: some Sequence<TuningRound>, goal: TuningGoal) {
    let gains = rounds.compactMap { round in round.gain(of: candidate).map { (round.number, $0) } }
    guard let time = PairedEffect(differences: gains.map(\.1.time)),
      let memory = PairedEffect(differences: gains.map(\.1.memory)),
      let score = PairedEffect(differences: gains.map { goal.goodness($0.1) })
    else { return nil }
    self.candidate = candidate
    scoreByRound = gains.map { ($0.0, goal.goodness($0.1)) }
    self.time = time
    self.memory = memory
    self.score = score
  }

  public var roundCount: Int { scoreByRound.count }

  /// What it is ranked by.
  var worth: Double { score.estimate - Self.worthOfSetting * Double(candidate.decisionCount) }

  /// What it is ranked by where another goal is asked about.
  func worth(for goal: TuningGoal) -> Double {
    goal.goodness(TuningFigures(time: time.estimate, memory: memory.estimate))
      - Self.worthOfSetting * Double(candidate.decisionCount)
  }
}
