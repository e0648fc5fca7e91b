// SPDX-License-Identifier: MIT

import Experiments
import Results

/// Shows how far a sweep has come, and keeps nothing of it.
final class SweepProgress: SweepObserver {
  private var progress: ProgressLine
  /// Processes that did not finish.
  private(set) var failedCount = 0

  init(isQuiet: Bool) { progress = ProgressLine(isEnabled: !isQuiet) }

  func willRun(done: Int, total: Int, what: String) { progress.show(done: done, total: total, what: what) }

  func didMeasure(_ sample: Sample, _ details: RunDetails) {
    if sample.outcome.status != .ok { failedCount += 1 }
  }

  func didNotice(_ text: String) { Diagnostic.warn(text) }
}
