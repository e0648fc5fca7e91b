// SPDX-License-Identifier: MIT

import Comparison

/// Is told how a search for settings goes on, in the thread that runs it.
public protocol TuningObserver: SweepObserver {
  /// Before the first round of a rung.
  func willClimb(_ rung: TuningRung)
}
