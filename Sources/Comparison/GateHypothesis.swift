// SPDX-License-Identifier: MIT

/// What the second stage decides on: the differences of one cell, or of the mean over all, and what is held against
/// them.
public struct GateHypothesis: Equatable, Sendable {
  public var differences: [Double]
  public var margins: Margins

  public init(differences: [Double], margins: Margins) {
    self.differences = differences
    self.margins = margins
  }
}
