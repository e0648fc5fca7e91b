// SPDX-License-Identifier: MIT

import Results

/// What a comparison found.
public struct EffectReport: Equatable, Sendable {
  /// Metrics in the order that was asked for, cells as summaries have them, arms by name.
  public internal(set) var findings: [EffectFinding] = []
  /// For each metric and arms with more than one cell, the geometric mean over those cells, from the rounds that all
  /// have.
  public internal(set) var means: [EffectFinding] = []
  public internal(set) var faults: [ComparedFault] = []
  /// Rounds of one side without one of the same number on the other.
  public internal(set) var unpairedRoundCount = 0
  /// Rounds of both sides that replayed different sequences.
  public internal(set) var differentSeedCount = 0
  /// Pairs in which a metric is not above zero, so that it has no ratio.
  public internal(set) var unusablePairCounts: [Metric: Int] = [:]
  /// Whether both sides ran in the same rounds, so that what disturbs one disturbs the other.
  public let isWithinRounds: Bool

  init(isWithinRounds: Bool) { self.isWithinRounds = isWithinRounds }

  public var isValid: Bool { faults.isEmpty }

  /// The metrics that there are findings of.
  public var metrics: [Metric] {
    findings.reduce(into: []) { if $0.last != $1.metric { $0.append($1.metric) } }
  }
}
