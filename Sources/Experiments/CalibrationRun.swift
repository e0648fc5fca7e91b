// SPDX-License-Identifier: MIT

import Allocators
import Comparison
import Results

/// Measures builds of one source against one another, in the cells of a gate.
public struct CalibrationRun {
  private let plan: Plan

  /// - Parameter builds: Paths of libraries, or descriptions of allocators.
  public init(_ description: GateDescription, builds: [String], roundCount: Int) throws {
    var experiment = description.experiment(seed: description.seed == 0 ? 1 : description.seed)
    experiment.name = "gate-calibrate"
    experiment.rounds = [Pass.time.rawValue: roundCount]
    let load = try Plan.load(experiment)
    let arms = try builds.enumerated().map { index, build in
      var allocator = try AllocatorCatalog.allocator(describedBy: GatePlan.descriptionOfPath(build))
      allocator.name = "build-\(index + 1)"
      return PlannedArm(
        arm: Arm(allocator: allocator.name), allocator: allocator,
        library: try LibraryFacts.library(of: allocator, load: load))
    }
    plan = try Plan(experiment, arms: arms, cells: try GatePlan.cells(description, experiment))
  }

  /// Runs all rounds; what was measured until an interruption counts.
  public func run(into folder: String, worker: String, observer: any SweepObserver) throws -> LayoutCalibration {
    let fingerprint = try EnvironmentFingerprint()
    let output = try SweepOutput(.folder(folder), plan: plan, fingerprint: fingerprint)
    _ = try Sweep(plan, output: output, fingerprint: fingerprint, worker: worker, observer: observer).run()
    var calibration = LayoutCalibration()
    for path in SampleFile.existingPaths(for: folder + "/samples.csv") {
      try SampleReader(path: path).forEachEffective { calibration.note($0) }
    }
    return calibration
  }
}
