// SPDX-License-Identifier: MIT

import Results
import Statistics

/// What a setting is worth by one metric of one workload.
public struct AblationFinding: Equatable, Sendable {
  public let subject: AblationSubject
  public let cell: Cell
  /// The candidate is with the setting, the base without it. Its probability is adjusted for all findings of the
  /// ablation.
  public internal(set) var figure: EffectFinding

  public var metric: Metric { figure.metric }

  /// Whether the setting moves the metric surely, and perhaps by more than counts as none (`EffectRule`).
  public var isMoved: Bool { figure.verdict == .better || figure.verdict == .worse }

  /// How far it moves it, as a logarithm, so that halves and doubles are alike.
  public var size: Double { figure.effect.estimate.magnitude }

  /// The largest difference that the interval leaves possible, as a fraction of the metric without the setting; nil
  /// with fewer rounds than an interval takes.
  public var largestPossibleDifference: Double? {
    figure.interval.map { max((1 - $0.lowerBound).magnitude, ($0.upperBound - 1).magnitude) }
  }
}
