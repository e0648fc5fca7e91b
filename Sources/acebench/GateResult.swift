// SPDX-License-Identifier: MIT

import Comparison

/// What a gate's command has to show.
struct GateResult {
  var report: GateReport
  /// The user stopped it before every cell had its verdict.
  var wasInterrupted = false
}
