// SPDX-License-Identifier: MIT

import Statistics

/// Gates with the same known answer, and whether they answered as a gate that can be believed does.
public struct GateTrialSeries: Equatable, Sendable {
  public let slowdown: Double
  public let trials: [GateTrial]
  private let margins: Margins

  /// A gate of a thing with itself may fail once in a hundred times.
  private static let falseAlarmProbability = 0.01
  /// One of a loss as large as has to be detected fails 95 times in a hundred, of twice as large practically always,
  /// and passes hardly ever.
  private static let detectionProbability = 0.95
  private static let plainDetectionProbability = 0.999
  private static let missProbability = 0.014
  /// Series of a gate that does all this break a bound once in a hundred times.
  private static let tail = 0.01
  /// A slowdown of 5 % is a loss of 4.76 %, and taken for one of 5 %.
  private static let detectableShare = 0.95

  public init(slowdown: Double, trials: [GateTrial], margins: Margins) {
    self.slowdown = slowdown
    self.trials = trials
    self.margins = margins
  }

  /// What of the head's speed was lost: a run that takes 1 + f times as long loses f / (1 + f).
  public var loss: Double { slowdown / (1 + slowdown) }

  public func count(_ verdict: GateVerdict) -> Int { trials.count { $0.verdict == verdict } }

  /// How many of the gates have to be REGRESS; nil where as many may be as happen to.
  public var smallestRegressCount: Int? {
    guard loss >= margins.detect * Self.detectableShare else { return nil }
    let probability =
      loss >= 1.8 * margins.detect ? Self.plainDetectionProbability : Self.detectionProbability
    return Binomial(trialCount: trials.count, successProbability: probability).lowerBound(tail: Self.tail)
  }

  /// How many may be.
  public var largestRegressCount: Int? { loss <= margins.tolerate ? falseAlarmBound : nil }

  /// A gate that is INVALID shows nothing; so many may be so by chance, as when a control fails.
  public var largestInvalidCount: Int { falseAlarmBound }

  private var falseAlarmBound: Int {
    Binomial(trialCount: trials.count, successProbability: Self.falseAlarmProbability).upperBound(tail: Self.tail)
  }

  /// How many may be PASS.
  public var largestPassCount: Int? {
    guard loss >= margins.detect * Self.detectableShare else { return nil }
    return Binomial(trialCount: trials.count, successProbability: Self.missProbability).upperBound(tail: Self.tail)
  }

  /// Whether all bounds are kept, and every gate could be measured.
  public var hasHeld: Bool {
    let regress = count(.regress)
    return count(.error) == 0 && count(.invalid) <= largestInvalidCount
      && (smallestRegressCount.map { regress >= $0 } ?? true)
      && (largestRegressCount.map { regress <= $0 } ?? true)
      && (largestPassCount.map { count(.pass) <= $0 } ?? true)
  }
}
