// SPDX-License-Identifier: MIT

/// The rungs of a search, each with fewer candidates and more rounds than the one before it.
public enum TuningStage: Int, CaseIterable, Sendable {
  /// Every setting moved alone.
  case scan
  /// The best of these, and new candidates made of what did well.
  case cross
  /// The best of both.
  case narrow
  /// The last few, and the best of them with less.
  case settle
}
