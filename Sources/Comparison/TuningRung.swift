// SPDX-License-Identifier: MIT

/// What is measured next in a search.
public struct TuningRung: Equatable, Sendable {
  public var stage: TuningStage
  /// The defaults come first.
  public var candidates: [TuningCandidate]
  public var roundCount: Int
}
