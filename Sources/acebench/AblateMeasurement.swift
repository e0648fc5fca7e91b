// SPDX-License-Identifier: MIT

import Experiments
import Glibc
import Results

/// Runs an ablation for a command, with progress while it runs.
struct AblateMeasurement {
  let plan: AblationPlan
  let folder: String
  let isQuiet: Bool

  /// Runs what is left of the plan, and says so where something keeps it from being all.
  func run() throws -> Status {
    if !isQuiet { NumaOptions.showRemarks(plan.plan) }
    try ResultsFolder.make(folder)
    let fingerprint = try EnvironmentFingerprint()
    // Rows without it could neither be resumed nor analysed.
    try plan.description.write(to: folder)
    let output = try SweepOutput(.folder(folder), plan: plan.plan, fingerprint: fingerprint)
    let observer = SweepProgress(isQuiet: isQuiet)
    let sweep = try Sweep(
      plan.plan, output: output, fingerprint: fingerprint, worker: try WorkerLocation.path(), observer: observer)
    let ending = try sweep.run()
    ProgressLine.clear()
    switch ending {
    case .finished: break
    case .interrupted: Diagnostic.warn("interrupted; what was finished is kept and analysed")
    case .outOfTime: Diagnostic.warn("the time limit is reached; what was finished is kept and analysed")
    }
    if ending != .finished, !isQuiet {
      Diagnostic.note("to go on: \(ShellText.command(["acebench", "ablate", "--resume", folder]))")
    }
    if ending == .interrupted { return .interrupted }
    return sweep.failedCount == 0 ? .done : .failed
  }

  /// Refuses a folder that has rows of something else.
  static func refuseRows(in folder: String) throws {
    guard access(folder + "/samples.csv", F_OK) != 0 else { throw ExperimentError.folderInUse(path: folder) }
  }
}
