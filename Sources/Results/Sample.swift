// SPDX-License-Identifier: MIT

/// What one process was, how it ended and what was measured of it: one row of `samples.csv`.
public struct Sample: Equatable, Sendable {
  public var sessionIdentifier: String
  /// Position among the samples of the session.
  public var sequence: UInt64
  /// When the process was started, ISO 8601 in UTC.
  public var utcTime: String
  public var planHash: String
  public var cell: Cell
  public var pass: Pass
  public var arm: Arm
  public var library: Library
  /// Counted from 1 within the cell and pass.
  public var round: UInt32
  public var orderInRound: UInt32
  public var workloadSeed: UInt64
  /// How often the round has been started, this time included.
  public var attempt: UInt32
  public var outcome: Outcome
  public var metrics: MetricValues
  public var environment: SampleEnvironment
  /// The stage of a gate that the process belongs to: 1 screens all cells, 2 confirms those that did not pass; nil
  /// outside of a gate.
  public var stage: UInt32?
  public var disturbance: Disturbance

  /// The version of the columns' meaning; files of another version are not read.
  public static let schemaVersion: UInt32 = 1

  public init(
    sessionIdentifier: String, sequence: UInt64, utcTime: String, planHash: String, cell: Cell, pass: Pass, arm: Arm,
    library: Library, round: UInt32, orderInRound: UInt32, workloadSeed: UInt64, attempt: UInt32 = 1,
    outcome: Outcome = .ok, metrics: MetricValues = MetricValues(),
    environment: SampleEnvironment = SampleEnvironment(), stage: UInt32? = nil,
    disturbance: Disturbance = Disturbance()
  ) {
    self.sessionIdentifier = sessionIdentifier
    self.sequence = sequence
    self.utcTime = utcTime
    self.planHash = planHash
    self.cell = cell
    self.pass = pass
    self.arm = arm
    self.library = library
    self.round = round
    self.orderInRound = orderInRound
    self.workloadSeed = workloadSeed
    self.attempt = attempt
    self.outcome = outcome
    self.metrics = metrics
    self.environment = environment
    self.stage = stage
    self.disturbance = disturbance
  }
}
