// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Results

/// Shows how far a search for settings has come, and keeps nothing of it.
final class TuneProgress: TuningObserver {
  private let isQuiet: Bool
  private var progress: ProgressLine

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    progress = ProgressLine(isEnabled: !isQuiet)
  }

  func willClimb(_ rung: TuningRung) {
    if isQuiet { return }
    let stage = rung.stage.rawValue + 1
    let rounds = rung.roundCount == 1 ? "1 round" : "\(rung.roundCount) rounds"
    Diagnostic.note("rung \(stage) of \(TuningStage.allCases.count): \(rung.candidates.count) candidates, \(rounds)")
  }

  func willRun(done: Int, total: Int, what: String) { progress.show(done: done, total: total, what: what) }

  func didMeasure(_ sample: Sample, _ details: RunDetails) {}

  func didNotice(_ text: String) { Diagnostic.warn(text) }
}
