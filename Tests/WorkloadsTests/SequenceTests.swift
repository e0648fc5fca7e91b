// SPDX-License-Identifier: MIT

import Testing

@testable import Workloads

@Suite("Sequences")
struct SequenceTests {
  static let names = WorkloadCatalog.all.map(\.name)

  @Test("are well-formed and end with nothing live", arguments: names, [1, 2, 3, 8])
  func wellFormed(name: String, threadCount: Int) throws {
    let workload = try #require(WorkloadCatalog.named(name))
    guard threadCount >= workload.minimumThreadCount else { return }
    let specification = try ScaledWorkloads.specification(of: workload)
    for seed: UInt64 in [1, 42, 0xffff_ffff_ffff_ffff] {
      let program = try GeneratedProgram.run("\(specification)", seed: seed, threadCount: threadCount)
      #expect(program.faults.prefix(5) == [], "seed \(seed)")
      #expect(program.threadCount >= threadCount, "seed \(seed)")
      #expect(program.endedThreadCount == program.threadCount - 1, "seed \(seed)")
      #expect(program.operationCount >= 100, "seed \(seed)")
    }
  }

  @Test("are the same for the same seed, and differ for another", arguments: names, [1, 3])
  func deterministic(name: String, threadCount: Int) throws {
    let workload = try #require(WorkloadCatalog.named(name))
    guard threadCount >= workload.minimumThreadCount else { return }
    let text = try ScaledWorkloads.specification(of: workload).description
    let first = try GeneratedProgram.run(text, seed: 7, threadCount: threadCount)
    let again = try GeneratedProgram.run(text, seed: 7, threadCount: threadCount)
    let other = try GeneratedProgram.run(text, seed: 8, threadCount: threadCount)
    #expect(first.fingerprint == again.fingerprint)
    // These two have nothing random in them.
    let isFixed = ["tiny-hot", "false-sharing"].contains(name)
    #expect((first.fingerprint == other.fingerprint) == isFixed)
  }

  @Test("a seed in the specification holds against that of the run")
  func ownSeed() throws {
    let own = try GeneratedProgram.run("random-mixed:operations=1000,seed=5", seed: 6)
    let run = try GeneratedProgram.run("random-mixed:operations=1000", seed: 5)
    #expect(own.fingerprint == run.fingerprint)
  }

  @Test("stay well-formed with every parameter at either end of its range", arguments: names, [1, 3])
  func extremes(name: String, threadCount: Int) throws {
    let workload = try #require(WorkloadCatalog.named(name))
    guard threadCount >= workload.minimumThreadCount else { return }
    for parameter in workload.parameters {
      for value in [parameter.minimum, parameter.maximum] {
        guard let specification = try bounded(workload, parameter, value) else { continue }
        let program = try GeneratedProgram.run("\(specification)", threadCount: threadCount)
        #expect(program.faults.prefix(5) == [], "\(specification)")
      }
    }
  }

  @Test("a thread count out of range is refused", arguments: names)
  func threadCounts(name: String) throws {
    let workload = try #require(WorkloadCatalog.named(name))
    for threadCount in [-1, 0, workload.minimumThreadCount - 1, 65] {
      #expect(
        throws: WorkloadError.threadCountOutOfRange(
          workload: name, threadCount: threadCount, minimum: workload.minimumThreadCount, maximum: 64)
      ) { try GeneratedProgram.run(name, threadCount: threadCount) }
    }
  }

  /// The scaled workload with one parameter at an end of its range; nil where that alone would take minutes: amounts
  /// of work at their most, and those whose end makes each step long.
  private func bounded(
    _ workload: Workload, _ parameter: WorkloadParameter, _ value: WorkloadValue
  ) throws -> WorkloadSpecification? {
    if case .integer(let count) = value, count > 2_000_000, parameter.unit != .bytes { return nil }
    let isWork = [
      "operations", "iterations", "phases", "blocks", "rounds", "lives", "bursts", "heap", "repetitions", "chunks",
      "rows", "nodes", "connections", "keys", "batch", "pages", "window", "stages", "survivors",
    ].contains(parameter.name)
    if isWork, value == parameter.maximum { return nil }
    var specification = try ScaledWorkloads.specification(of: workload)
    // Raises the upper bound first when a lower bound goes to its top.
    for other in workload.parameters where other.lowerParameter == parameter.name && value == parameter.maximum {
      try specification.set(other.name, to: other.maximum.text(in: other.unit))
    }
    if let lower = parameter.lowerParameter.flatMap({ workload.parameter(named: $0) }), value == parameter.minimum {
      try specification.set(lower.name, to: lower.minimum.text(in: lower.unit))
    }
    try specification.set(parameter.name, to: value.text(in: parameter.unit))
    return specification
  }
}
