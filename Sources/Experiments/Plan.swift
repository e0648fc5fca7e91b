// SPDX-License-Identifier: MIT

import Allocators
import FoundationEssentials
import Results
import Workloads

/// An experiment with everything found and checked: what will be run, how often, and under which name it can be
/// resumed.
public struct Plan: Sendable {
  public let description: ExperimentDescription
  public let arms: [PlannedArm]
  public let cells: [PlannedCell]
  /// The passes with their numbers of rounds, in the order in which a round goes through them.
  public let passes: [(pass: Pass, roundCount: Int)]
  public let touch: TouchPolicy
  public let load: LoadMethod
  public let placement: NumaPlacement
  /// Names everything that results depend on: two sweeps with the same hash may share a file.
  public let hash: String

  /// Finds allocators and workloads.
  public init(_ description: ExperimentDescription) throws {
    try description.checkRanges()
    let load = try Self.load(description)
    var description = description
    description.switches = try SwitchRules.withAbsolutePaths(description.switches)
    try self.init(
      description, arms: try Self.arms(description, load),
      cells: try Self.cells(description, try Self.touch(description)))
  }

  /// Of arms and cells that were chosen elsewhere; what the description says of allocators and workloads is not read.
  init(_ description: ExperimentDescription, arms: [PlannedArm], cells: [PlannedCell]) throws {
    try description.checkRanges()
    for name in description.rounds.keys where Pass(rawValue: name) == nil {
      throw ExperimentError.unknownWord(setting: "rounds", word: name, known: Pass.allCases.map(\.rawValue))
    }
    self.description = description
    touch = try Self.touch(description)
    load = try Self.load(description)
    placement = try NumaPlacement(description, topology: .current)
    passes = Pass.allCases.compactMap { pass in
      description.rounds[pass.rawValue].flatMap { $0 > 0 ? (pass, $0) : nil }
    }
    guard !passes.isEmpty else { throw ExperimentError.nothingChosen(what: "a pass with at least one round") }
    guard !arms.isEmpty else { throw ExperimentError.nothingChosen(what: "an allocator") }
    guard !cells.isEmpty else { throw ExperimentError.nothingChosen(what: "a workload") }
    try SwitchRules.check(arms, load)
    self.arms = arms
    self.cells = cells
    hash = try Self.hash(description, arms, cells)
  }

  /// How many processes the plan comes to, the discarded ones left out.
  public var processCount: Int {
    cells.count * arms.count * passes.reduce(0) { $0 + $1.roundCount }
  }

  static func touch(_ description: ExperimentDescription) throws(ExperimentError) -> TouchPolicy {
    guard let touch = TouchPolicy(rawValue: description.touch) else {
      throw .unknownWord(setting: "touch", word: description.touch, known: TouchPolicy.allCases.map(\.rawValue))
    }
    return touch
  }

  static func load(_ description: ExperimentDescription) throws(ExperimentError) -> LoadMethod {
    guard let load = LoadMethod(rawValue: description.load), load != .builtin else {
      throw .unknownWord(
        setting: "load", word: description.load, known: [LoadMethod.dlopen, .preload].map(\.rawValue))
    }
    return load
  }

  private static func arms(_ description: ExperimentDescription, _ load: LoadMethod) throws -> [PlannedArm] {
    var arms: [PlannedArm] = []
    let combinations = SwitchCombinations.all(of: description.switches)
    for text in description.allocators {
      let allocator = try AllocatorCatalog.allocator(describedBy: text)
      let library = try LibraryFacts.library(of: allocator, load: load)
      for switches in allocator.isACE ? combinations : [""] {
        let arm = Arm(allocator: allocator.name, switches: switches)
        guard !arms.contains(where: { $0.arm == arm }) else { continue }
        arms.append(PlannedArm(arm: arm, allocator: allocator, library: library))
      }
    }
    return arms
  }

  private static func cells(_ description: ExperimentDescription, _ touch: TouchPolicy) throws -> [PlannedCell] {
    var cells: [PlannedCell] = []
    for text in description.workloads {
      let choice = try WorkloadChoice(text)
      for threadCount in try threadCounts(of: choice, among: description.threads) {
        let planned = PlannedCell(choice, threadCount: threadCount, touch: touch)
        guard !cells.contains(where: { $0.cell == planned.cell }) else { continue }
        cells.append(planned)
      }
    }
    return cells
  }

  /// The thread counts to run a workload with. A trace has those it was recorded with.
  static func threadCounts(of choice: WorkloadChoice, among counts: [Int]) throws -> [Int] {
    switch choice {
    case .trace(let path, _):
      return [try TraceThreads.count(path: path)]
    case .generated(let specification):
      let minimum = specification.workload.minimumThreadCount
      let fitting = counts.filter { $0 >= minimum }
      // One that needs two threads is run with two even when the experiment only names one.
      return fitting.isEmpty ? [minimum] : fitting
    }
  }

  private struct HashedFacts: Encodable {
    var description: ExperimentDescription
    var libraries: [String]
    var cells: [String]
    /// The digests of files of settings; nil without such files.
    var settingsFiles: [String]?
  }

  private static func symbolPrefix(of allocator: Allocator) -> String {
    if case .library(_, let prefix) = allocator.source { return prefix }
    return ""
  }

  private static func hash(
    _ description: ExperimentDescription, _ arms: [PlannedArm], _ cells: [PlannedCell]
  ) throws -> String {
    // What changes how long a sweep goes on, and not what a row means, must not keep it from being resumed.
    var relevant = description
    relevant.name = ""
    // The cells name them, traces by what is in them: where a trace lies means nothing.
    relevant.workloads = []
    relevant.rounds = [:]
    relevant.timeLimitSeconds = 0
    // A process that ended in time is the same under a longer limit, and one that did not is run again.
    relevant.processTimeLimitSeconds = 0
    // The arms name them, libraries by what is in them.
    relevant.allocators = []
    let settingsFiles = SwitchRules.files(of: arms)
    let facts = HashedFacts(
      description: relevant,
      libraries: arms.map { arm in
        let slowdown = arm.slowdown > 0 ? "*\(1 + arm.slowdown)" : ""
        return "\(arm.arm.allocator)=\(arm.library.sha256):\(symbolPrefix(of: arm.allocator))\(slowdown)"
      },
      cells: cells.map(\.cell.identifier),
      settingsFiles: settingsFiles.isEmpty ? nil : try settingsFiles.map { try FileDigest.sha256($0) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(try FileDigest.sha256(of: Array(try encoder.encode(facts))).prefix(16))
  }
}
