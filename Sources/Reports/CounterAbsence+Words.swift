// SPDX-License-Identifier: MIT

import Measurement

extension CounterAbsence {
  /// Why a cell has no number.
  var words: String {
    switch self {
    case .notSupported: "not supported (no PMU)"
    case .notPermitted: "not permitted"
    case .notCounted: "not counted"
    case .noDescriptor: "no descriptor left"
    case .noEvents: "no events in this kernel"
    case .failed: "not told"
    }
  }
}
