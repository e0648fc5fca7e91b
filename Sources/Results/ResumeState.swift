// SPDX-License-Identifier: MIT

/// Which rounds are done, learned from the rows of earlier sessions.
///
/// A round counts only when all its arms succeeded in the same attempt; any other round is run again, with the next
/// attempt's number, and its earlier rows are superseded. Memory grows with the rounds, not with what rows say.
public struct ResumeState: Sendable {
  private struct Series: Hashable {
    var planHash: String
    var cellIdentifier: String
    var pass: Pass

    init(of key: RoundKey) {
      (planHash, cellIdentifier, pass) = (key.planHash, key.cellIdentifier, key.pass)
    }
  }

  private var rounds: [Series: RoundProgress] = [:]

  public init() {}

  /// Learns from every row of a file.
  public mutating func read(_ reader: SampleReader) throws {
    try reader.forEach { note($0) }
  }

  /// Learns from a row.
  public mutating func note(_ sample: Sample) {
    let key = RoundKey(of: sample)
    rounds[Series(of: key), default: RoundProgress()].note(sample)
  }

  /// Whether all these arms have succeeded in the round's latest attempt.
  public func isComplete(_ key: RoundKey, arms: [Arm]) -> Bool {
    rounds[Series(of: key)]?.isComplete(key.round, arms: arms) ?? false
  }

  /// The number that a new attempt at the round has: 1 for a round that was never begun.
  public func nextAttempt(_ key: RoundKey) -> UInt32 {
    (rounds[Series(of: key)]?.attempt(of: key.round) ?? 0) + 1
  }

  /// Whether a row counts and its like has not been claimed before.
  mutating func claim(_ sample: Sample, arms: [Arm]?) -> Bool {
    let key = RoundKey(of: sample)
    return rounds[Series(of: key)]?.claim(sample, arms: arms) ?? false
  }
}
