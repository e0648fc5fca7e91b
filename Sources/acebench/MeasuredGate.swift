// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Results

/// Runs a gate for a command, with progress while it runs.
struct MeasuredGate {
  private let plan: GatePlan
  private let folder: String
  private let stages: [GateStage]
  private let isQuiet: Bool

  init(_ plan: GatePlan, folder: String, stages: [GateStage] = GateStage.allCases, isQuiet: Bool) {
    self.plan = plan
    self.folder = folder
    self.stages = stages
    self.isQuiet = isQuiet
  }

  /// Measures, and judges by both stages what was found so far, however it ended.
  func run() throws -> GateResult {
    let (evidence, ending) = try measure()
    return GateResult(
      report: GateJudge(plan.settings, evidence).report(), wasInterrupted: ending == .interrupted)
  }

  /// Measures, and returns what was found so far, however it ended.
  func measure() throws -> (evidence: GateEvidence, ending: GateRun.Ending) {
    let fingerprint = try EnvironmentFingerprint()
    let output = try GateOutput(folder: folder, plan: plan, fingerprint: fingerprint)
    if !isQuiet, plan.comparesSameFile {
      Diagnostic.warn("both libraries are the same file: only the noise can be seen")
    }
    let run = try GateRun(
      plan, output: output, fingerprint: fingerprint, worker: try WorkerLocation.path(), stages: stages,
      observer: SweepProgress(isQuiet: isQuiet))
    let ending = try run.run()
    ProgressLine.clear()
    if ending == .outOfTime { Diagnostic.warn("the time limit is reached; cells without a verdict stay without one") }
    return (run.evidence, ending)
  }
}
