// SPDX-License-Identifier: MIT

/// Names a round of a cell across the sessions that worked on the same plan.
public struct RoundKey: Hashable, Sendable {
  public var planHash: String
  public var cellIdentifier: String
  public var pass: Pass
  public var round: UInt32

  public init(planHash: String, cellIdentifier: String, pass: Pass, round: UInt32) {
    self.planHash = planHash
    self.cellIdentifier = cellIdentifier
    self.pass = pass
    self.round = round
  }

  /// The round that a sample belongs to.
  public init(of sample: Sample) {
    self.init(
      planHash: sample.planHash, cellIdentifier: sample.cell.identifier, pass: sample.pass, round: sample.round)
  }
}
