// SPDX-License-Identifier: MIT

import Allocators
import Comparison
import Results
import Workloads

/// A gate with everything found and checked: its arms, its cells, and what it goes by.
public struct GatePlan: Sendable {
  public let plan: Plan
  public let settings: GateSettings
  private let arms: [GateRole: PlannedArm]
  /// Kept until the last worker has ended.
  private let copy: AllocatorCopy?

  /// How much the control is slowed down that has to be noticed: by a tenth, by twice what its cell has to detect, or
  /// by half as much again as it takes to lose that: a run that takes 1 + f times as long loses f / (1 + f).
  private static func controlSlowdown(_ settings: GateSettings) -> Double {
    let detect = settings.control?.margins.detect ?? 0
    return max(0.10, 2 * detect, 1.5 * detect / (1 - detect))
  }

  /// Finds allocators and workloads.
  ///
  /// - Parameters:
  ///   - base, head: Descriptions of allocators, as `AllocatorCatalog` takes them, or paths of libraries.
  ///   - injectedSlowdown: How much longer the head's runs are made to take, as a fraction.
  public init(
    _ description: GateDescription, base: String, head: String, injectedSlowdown: Double = 0
  ) throws {
    let seed = description.seed == 0 ? SystemRandomNumberGenerator.drawSeed() : description.seed
    let experiment = description.experiment(seed: seed)
    let cells = try Self.cells(description, experiment)
    var settings = try description.settings(
      planned: cells, injectedSlowdown: injectedSlowdown, today: SessionIdentifier.utcNow())
    let load = try Plan.load(experiment)
    let baseAllocator = try Self.allocator(base, .base)
    var arms: [GateRole: PlannedArm] = [
      .base: try Self.arm(.base, baseAllocator.source, load),
      .head: try Self.arm(.head, try Self.allocator(head, .head).source, load, slowdown: injectedSlowdown),
    ]
    if settings.controlCellIdentifier != nil {
      let copy = try AllocatorCopy(of: baseAllocator, text: base)
      arms[.baseCopy] = try Self.arm(.baseCopy, copy.source, load)
      arms[.baseSlowed] = try Self.arm(
        .baseSlowed, baseAllocator.source, load, slowdown: Self.controlSlowdown(settings))
      self.copy = copy
    } else {
      copy = nil
    }
    self.arms = arms
    plan = try Plan(experiment, arms: GateRole.allCases.compactMap { arms[$0] }, cells: cells)
    settings.workloadHash = try Plan(Self.seedless(experiment), arms: [Self.anyArm], cells: cells).hash
    settings.workerSHA256 = try FileDigest.sha256(try WorkerLocation.path())
    self.settings = settings
  }

  /// The arms of a round, in the order of the roles.
  func arms(of unit: GateUnit, stage: GateStage) -> [PlannedArm] {
    settings.roles(of: unit, stage: stage).compactMap { arms[$0] }
  }

  /// Whether there can be nothing to find.
  public var comparesSameFile: Bool {
    settings.injectedSlowdown == 0 && arms[.base]?.library.sha256 == arms[.head]?.library.sha256
  }

  /// The workers of a unit, without the program that they will be given.
  public func commands(of unit: GateUnit, worker: String) -> [WorkerCommand] {
    arms(of: unit, stage: .screen).map {
      WorkerCommand(arm: $0, plan: plan, programPath: "PROGRAM", pass: unit.pass.rawValue, worker: worker)
    }
  }

  func cell(of unit: GateUnit) -> PlannedCell? { plan.cells.first { $0.cell.identifier == unit.cellIdentifier } }

  private static func allocator(_ text: String, _ role: GateRole) throws -> Allocator {
    try AllocatorCatalog.allocator(describedBy: description(of: text, named: role.rawValue))
  }

  /// A path with a slash in it is a library of no known name.
  static func description(of text: String, named name: String) -> String {
    text.contains("/") && !text.contains("=") ? "\(name)=\(text)" : text
  }

  private static func arm(
    _ role: GateRole, _ source: AllocatorSource, _ load: LoadMethod, slowdown: Double = 0
  ) throws -> PlannedArm {
    let allocator = Allocator(name: role.rawValue, source: source)
    return PlannedArm(
      arm: Arm(allocator: role.rawValue), allocator: allocator,
      library: try LibraryFacts.library(of: allocator, load: load), slowdown: slowdown)
  }

  static func cells(_ description: GateDescription, _ experiment: ExperimentDescription) throws -> [PlannedCell] {
    try experiment.checkRanges()
    let touch = try Plan.touch(experiment)
    var cells: [PlannedCell] = []
    for cell in description.cells {
      let choice = try WorkloadChoice(cell.workload)
      let counts = try Plan.threadCounts(of: choice, among: [cell.threads ?? description.threads])
      let planned = PlannedCell(choice, threadCount: counts[0], touch: touch)
      guard !cells.contains(where: { $0.cell == planned.cell }) else {
        throw ExperimentError.repeatedCell(cell.workload)
      }
      cells.append(planned)
    }
    return cells
  }

  private static func seedless(_ experiment: ExperimentDescription) -> ExperimentDescription {
    var experiment = experiment
    experiment.seed = 0
    return experiment
  }

  /// Stands in where only the cells shall count.
  private static var anyArm: PlannedArm {
    PlannedArm(
      arm: Arm(allocator: ""), allocator: Allocator(name: "", source: .floor), library: Library(load: .builtin))
  }
}

extension SystemRandomNumberGenerator {
  /// A seed that is easily copied from a screen; it is recorded, so that a gate can be repeated.
  fileprivate static func drawSeed() -> UInt64 {
    var generator = SystemRandomNumberGenerator()
    return UInt64.random(in: 1...999_999, using: &generator)
  }
}
