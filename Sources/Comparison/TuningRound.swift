// SPDX-License-Identifier: MIT

/// What the candidates of one round measured; one that failed has no figures.
public struct TuningRound: Equatable, Sendable {
  public var number: UInt32
  public var figures: [TuningCandidate: TuningFigures]

  public init(number: UInt32, figures: [TuningCandidate: TuningFigures]) {
    self.number = number
    self.figures = figures
  }

  /// What a candidate gained on the defaults; nil where either lacks figures.
  func gain(of candidate: TuningCandidate) -> TuningFigures? {
    guard let own = figures[candidate], let base = figures[.initial] else { return nil }
    return own - base
  }
}
