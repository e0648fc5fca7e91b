// SPDX-License-Identifier: MIT

import Results

/// A round of one cell in one pass, as it is about to be run.
struct RoundRequest {
  /// Counted from 1.
  var round: Int
  var cell: PlannedCell
  var pass: Pass
  /// In the order in which they run; the same arm may run more than once.
  var arms: [PlannedArm]
  /// How often the round has been started, this time included.
  var attempt: UInt32
  /// Of a gate; nil elsewhere.
  var stage: UInt32?
}
