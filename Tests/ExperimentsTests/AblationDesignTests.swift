// SPDX-License-Identifier: MIT

import Comparison
import Results
import TestSupport
import Testing

@testable import Experiments

@Suite struct AblationDesignTests {
  private static func description(
    _ switches: [String] = [], base: String = "full", isFactorial: Bool = false, builds: [String] = ["table", "header"]
  ) throws -> AblationDescription {
    try AblationDescription(
      try AblationCatalog(base: base), switches: switches, isFactorial: isFactorial, builds: builds,
      command: "acebench ablate")
  }

  private static func design(
    _ switches: [String] = [], base: String = "full", isFactorial: Bool = false
  ) throws -> AblationDesign {
    try AblationDesign(try description(switches, base: base, isFactorial: isFactorial))
  }

  @Test("everything is turned the other way in turn, and nothing else with it")
  func everything() throws {
    let design = try Self.design()
    let policies = [
      "refill-one", "sll-shrink", "idle-trim", "tiering", "eager-free", "warm-pool", "remote-batch", "huge-pages",
      "worker",
    ]
    let switches =
      ["profile=full"] + policies.map { "profile=full;\($0)=off" }
      + ["engine=observe", "engine=off", "route=tiny-only", "route=pool-only"].map { "profile=full;" + $0 }
    let builds = ["ace-table", "ace-header"].map { Arm(allocator: $0, switches: "profile=full") }
    let profiles = ["balanced", "conservative"].map { Arm(allocator: "ace", switches: "profile=" + $0) }
    #expect(design.arms == switches.map { Arm(allocator: "ace", switches: $0) } + builds + profiles)
    #expect(design.factorial == nil && design.contrasts.count == 17)
    let base = design.arms[0]
    // The worth is that of the base's value: the base is the candidate.
    #expect(design.contrasts.map(\.arms) == design.arms.dropFirst().map { ComparedArms(base: $0, candidate: base) })
    #expect(
      design.contrasts.suffix(8).map(\.words) == [
        "engine: on against observe", "engine: on against off", "route: tiny-first against tiny-only",
        "route: tiny-first against pool-only", "records: prefix against table", "records: prefix against header",
        "profile: full against balanced", "profile: full against conservative",
      ])
    let withoutBuilds = try AblationDesign(try Self.description(builds: []))
    #expect(withoutBuilds.arms == design.arms.filter { $0.allocator == "ace" })
  }

  @Test("what the base has off is turned on, and its worth is that of having it")
  func turnedOn() throws {
    let design = try Self.design(base: "balanced")
    let base = Arm(allocator: "ace", switches: "profile=balanced")
    let changes = try Self.description(base: "balanced").changes
    for (change, contrast) in zip(changes, design.contrasts) where ["on", "off"].contains(change.value) {
      let changed = Arm(allocator: "ace", switches: "profile=balanced;\(change.setting)")
      guard change.name != "engine" else { continue }
      #expect(contrast.words == "\(change.name): on against off")
      let isTurnedOn = change.value == "on"
      #expect(contrast.arms.candidate == (isTurnedOn ? changed : base), "\(change)")
      #expect(contrast.arms.base == (isTurnedOn ? base : changed), "\(change)")
    }
    #expect(design.contrasts.filter { $0.name == "engine" }.map(\.words) == ["engine: observe against off"])
    let conservative = try Self.design(base: "conservative").contrasts
    #expect(
      conservative.filter { $0.name == "engine" }.map(\.words) == [
        "engine: on against off", "engine: observe against off",
      ])
    #expect(conservative.contains { $0.with == "on" && $0.arms.candidate.switches == "profile=conservative;worker=on" })
  }

  @Test("only what is named is changed; a knob by its number, several values in turn")
  func chosen() throws {
    let delay = try #require(try Self.description(["purge-delay-ms=0"]).changes.first?.baseValue)
    let design = try Self.design(["engine", "purge-delay-ms=0,700", "tiering", "records=table", "tiering=off"])
    #expect(
      design.contrasts.map(\.words) == [
        "engine: on against observe", "engine: on against off", "purge-delay-ms: \(delay) against 0",
        "purge-delay-ms: \(delay) against 700", "tiering: on against off", "records: prefix against table",
      ])
    #expect(design.arms.count == 7)
    #expect(design.arms[3] == Arm(allocator: "ace", switches: "profile=full;purge-delay-ms=0"))
    #expect(
      SwitchEnvironment.assignments(for: design.arms[3].switches) == [
        "ACE_PROFILE=full", "ACE_POLICY=purge-delay-ms=0",
      ])
    #expect(
      SwitchEnvironment.assignments(for: design.arms[1].switches) == ["ACE_PROFILE=full", "ACE_ENGINE=observe"])
  }

  @Test("a factorial has every combination once, the base first, bits being what is asked the worth of")
  func factorial() throws {
    let design = try Self.design(["refill-one", "worker", "engine=observe"], base: "conservative", isFactorial: true)
    let factorial = try #require(design.factorial)
    #expect(Set(design.arms) == Set(factorial.arms) && design.arms.count == 8)
    #expect(design.arms[0] == Arm(allocator: "ace", switches: "profile=conservative"))
    #expect(
      factorial.factors.map(\.words) == [
        "refill-one: on against off", "worker: on against off", "engine: observe against off",
      ])
    // Only refill-one is on in the base: with the others is the changed arm, with it the unchanged one.
    #expect(factorial.arms[0b001] == design.arms[0])
    #expect(factorial.arms[0b111].switches == "profile=conservative;worker=on;engine=observe")
    #expect(factorial.arms[0b000].switches == "profile=conservative;refill-one=off")
    #expect(factorial.arms[0b010].switches == "profile=conservative;refill-one=off;worker=on")
    for factor in factorial.factors {
      #expect(factorial.arms.contains(factor.arms.base) && factorial.arms.contains(factor.arms.candidate))
    }
    let builds = try #require(try Self.design(["records=header", "worker"], isFactorial: true).factorial)
    #expect(builds.arms.map(\.allocator) == ["ace-header", "ace", "ace-header", "ace"])
  }

  @Test("a factorial takes two to five settings of one changed value each, and no profile")
  func uncombinable() throws {
    func design(_ switches: [String]) throws -> AblationDesign { try Self.design(switches, isFactorial: true) }
    #expect(throws: AblationError.factorCount(1, largest: 5)) { try design(["tiering"]) }
    let six = ["tiering", "worker", "idle-trim", "warm-pool", "eager-free", "sll-shrink"]
    #expect(throws: AblationError.factorCount(6, largest: 5)) { try design(six) }
    #expect(try design(six.dropLast()).arms.count == 32)
    #expect(throws: AblationError.notCombinable(setting: "engine")) { try design(["engine", "tiering"]) }
    #expect(throws: AblationError.notCombinable(setting: "profile")) { try design(["tiering", "profile=balanced"]) }
  }

  @Test("a description comes back from its folder; what is none is refused")
  func written() throws {
    let folder = TemporaryFolder()
    let description = try Self.description(["tiering", "keep-slabs=3"])
    try description.write(to: folder.path)
    #expect(try AblationDescription(folder: folder.path) == description)
    folder.write(AblationDescription.fileName, Array("{".utf8))
    #expect(throws: ExperimentError.self) { try AblationDescription(folder: folder.path) }
    #expect(throws: AblationError.notAnAblation(path: "/nowhere")) { try AblationDescription(folder: "/nowhere") }
  }

  @Test("a plan has every arm of the design in each cell, with the library of its build")
  func plan() throws {
    var experiment = ExperimentDescription()
    experiment.workloads = ["tiny-hot", "producer-consumer"]
    experiment.threads = [1]
    experiment.rounds = ["time": 3, "memory": 2]
    let plan = try AblationPlan(try Self.description(), experiment)
    #expect(plan.plan.arms.map(\.arm) == plan.design.arms)
    #expect(plan.plan.cells.map(\.cell.workload) == ["tiny-hot", "producer-consumer"])
    #expect(plan.plan.processCount == 18 * 2 * 5)
    let libraries = Dictionary(grouping: plan.plan.arms, by: \.arm.allocator).mapValues {
      Set($0.map(\.library.sha256))
    }
    #expect(libraries.count == 3 && libraries.values.allSatisfy { $0.count == 1 })
    #expect(Set(libraries.values).count == 3)
    experiment.rounds["time"] = 30
    #expect(try AblationPlan(try Self.description(), experiment).plan.hash == plan.plan.hash, "more rounds resume")
    experiment.seed = 2
    #expect(try AblationPlan(try Self.description(), experiment).plan.hash != plan.plan.hash)
  }
}
