// SPDX-License-Identifier: MIT

import Allocators
import Results

/// An ablation with everything found and checked.
public struct AblationPlan: Sendable {
  public let description: AblationDescription
  public let design: AblationDesign
  /// The arms in the cells of the experiment.
  public let plan: Plan

  /// Finds the builds of ACE and the workloads.
  ///
  /// - Parameter experiment: Cells, rounds and settings; the allocators and switches in it are not read.
  public init(_ description: AblationDescription, _ experiment: ExperimentDescription) throws {
    self.description = description
    design = try AblationDesign(description)
    var experiment = experiment
    experiment.switches = [:]
    experiment.allocators = ["ace"]
    let cells = try Plan(experiment).cells
    let load = try Plan.load(experiment)
    var builds: [String: (allocator: Allocator, library: Library)] = [:]
    var arms: [PlannedArm] = []
    for arm in design.arms {
      if builds[arm.allocator] == nil {
        let allocator = try AllocatorCatalog.allocator(describedBy: arm.allocator)
        builds[arm.allocator] = (allocator, try LibraryFacts.library(of: allocator, load: load))
      }
      guard let build = builds[arm.allocator] else { continue }
      arms.append(PlannedArm(arm: arm, allocator: build.allocator, library: build.library))
    }
    plan = try Plan(experiment, arms: arms, cells: cells)
  }
}
