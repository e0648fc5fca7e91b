// SPDX-License-Identifier: MIT

import Results

/// An arm of one of several results.
struct ReportArm: Hashable {
  /// The result's place among those of the page.
  var result: Int
  var arm: Arm
}
