// SPDX-License-Identifier: MIT

import Results

/// Why rows must not be compared, or cannot be. Rows are numbered as lines of a table are, the header being the first.
public enum ComparedFault: Equatable, Sendable {
  /// Which of two sources is meant.
  public enum Side: String, Sendable {
    case base
    case candidate
  }

  /// Rows that say the same.
  public struct Group: Equatable, Sendable {
    public var name: String
    public var rows: RowNumbers
  }

  /// Rows of one source come from several machines, or from several states of one.
  case mixedEnvironments(Side, [Group])
  /// Rows of one source are of several plans: of runs that have nothing to do with one another. A sweep that was
  /// resumed is one plan in several sessions, and each of its rounds is of one of them.
  case mixedPlans(Side, [Group])
  /// Both sources come from different machines, or from different states of one.
  case differentEnvironments(base: String, candidate: String)
  /// No cell has rows of both.
  case noCommonCell(baseCellCount: Int, candidateCellCount: Int)
  /// Cells have both, but no round does.
  case noCommonRound(differentSeedCount: Int)
  /// No pair of rounds has a usable value of any metric.
  case noValue

  /// Whether the figures make sense at all, so that they can be shown beside the reason.
  public var leavesFigures: Bool {
    if case .differentEnvironments = self { return true }
    return false
  }
}
