// SPDX-License-Identifier: MIT

import Results

/// One measured process: its row, and what it told beside it.
struct MeasuredRun {
  var sample: Sample
  var details: RunDetails
}
