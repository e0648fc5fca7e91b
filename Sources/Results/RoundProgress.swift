// SPDX-License-Identifier: MIT

/// How far the rounds of one cell and pass have come.
struct RoundProgress: Sendable {
  private struct Attempt {
    /// Counted from 1.
    var number: UInt32
    /// The arms that succeeded in it.
    var succeeded = ArmSet()
    /// Those of them that a reader has been given.
    var claimed = ArmSet()
  }

  /// Arms in order of appearance; sets refer to them by index.
  private var arms: [Arm: Int] = [:]
  /// The latest attempt of each round.
  private var attempts: [UInt32: Attempt] = [:]

  /// The number of the round's latest attempt, or nil when there is none.
  func attempt(of round: UInt32) -> UInt32? { attempts[round]?.number }

  mutating func note(_ sample: Sample) {
    let index = arms[sample.arm, default: arms.count]
    arms[sample.arm] = index
    var attempt = attempts[sample.round] ?? Attempt(number: sample.attempt)
    guard sample.attempt >= attempt.number else { return }
    if sample.attempt > attempt.number { attempt = Attempt(number: sample.attempt) }
    if sample.outcome.status == .ok { attempt.succeeded.insert(index) }
    attempts[sample.round] = attempt
  }

  func isComplete(_ round: UInt32, arms expected: some Sequence<Arm>) -> Bool {
    guard let succeeded = attempts[round]?.succeeded else { return false }
    return expected.allSatisfy { arm in arms[arm].map(succeeded.contains) ?? false }
  }

  /// Whether a row belongs to the latest attempt of a complete round, and none of its arm was claimed before.
  mutating func claim(_ sample: Sample, arms expected: [Arm]?) -> Bool {
    guard sample.outcome.status == .ok, let attempt = attempts[sample.round], sample.attempt == attempt.number,
      let index = arms[sample.arm], !attempt.claimed.contains(index),
      expected.map({ isComplete(sample.round, arms: $0) }) ?? isComplete(sample.round, arms: arms.keys)
    else { return false }
    attempts[sample.round]?.claimed.insert(index)
    return true
  }
}
