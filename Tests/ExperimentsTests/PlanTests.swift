// SPDX-License-Identifier: MIT

import Experiments
import Results
import TestSupport
import Testing

@Suite("A plan")
struct PlanTests {
  private let folder = TemporaryFolder()

  private func description(_ change: (inout ExperimentDescription) -> Void = { _ in }) -> ExperimentDescription {
    var description = ExperimentDescription()
    description.allocators = ["system", "null"]
    description.workloads = ["tiny-hot", "producer-consumer"]
    description.threads = [1, 2]
    change(&description)
    return description
  }

  @Test("has an arm an allocator, and a cell a workload and thread count that fit")
  func contents() throws {
    let plan = try Plan(description())
    #expect(plan.arms.map(\.arm.allocator) == ["system", "null"])
    #expect(
      plan.cells.map { "\($0.cell.workload) \($0.cell.threadCount)" } == [
        "tiny-hot 1", "tiny-hot 2", "producer-consumer 2",
      ])
    #expect(plan.passes.map { "\($0.pass) \($0.roundCount)" } == ["time 10", "memory 3", "latency 3"])
    #expect(plan.processCount == 3 * 2 * 16)
    #expect(plan.hash.count == 16)
  }

  @Test("ACE has an arm for every combination of switches, others have one")
  func switches() throws {
    let library = Products.path("libace.so")
    let plan = try Plan(
      description {
        $0.allocators = ["system", "ace=\(library)"]
        $0.switches = ["refill-one": ["on", "off"]]
      })
    #expect(
      plan.arms.map(\.arm) == [
        Arm(allocator: "system"), Arm(allocator: "ace", switches: "refill-one=on"),
        Arm(allocator: "ace", switches: "refill-one=off"),
      ])
  }

  @Test("nothing is planned twice")
  func duplicates() throws {
    let plan = try Plan(
      description {
        $0.allocators = ["system", "system"]
        $0.workloads = ["tiny-hot", "tiny-hot:64"]
        $0.threads = [1, 1]
      })
    #expect(plan.arms.count == 1)
    #expect(plan.cells.count == 1)
  }

  @Test("keeps its hash through what only makes it longer")
  func stableHash() throws {
    let hash = try Plan(description()).hash
    #expect(try Plan(description()).hash == hash)
    let longer = try Plan(
      description {
        $0.name = "night"
        $0.rounds = ["time": 99]
        $0.timeLimitSeconds = 60
        $0.processTimeLimitSeconds = 600
      })
    #expect(longer.hash == hash)
  }

  @Test("has another hash for whatever results depend on")
  func changedHash() throws {
    let changes: [(inout ExperimentDescription) -> Void] = [
      { _ in }, { $0.seed = 2 }, { $0.touch = "all" }, { $0.workloads = ["tiny-hot"] }, { $0.threads = [1] },
      { $0.allocators = ["system"] }, { $0.repeats = 2 }, { $0.workloads = ["tiny-hot:32", "producer-consumer"] },
    ]
    let hashes = try changes.map { try Plan(description($0)).hash }
    #expect(Set(hashes).count == changes.count)
  }

  @Test("has another hash when the library was built anew")
  func libraryHash() throws {
    let path = folder.write("liballocator.so", [1, 2, 3])
    let first = try Plan(description { $0.allocators = ["mine=\(path)"] }).hash
    folder.write("liballocator.so", [1, 2, 4])
    #expect(try Plan(description { $0.allocators = ["mine=\(path)"] }).hash != first)
    folder.write("liballocator.so", [1, 2, 3])
    #expect(try Plan(description { $0.allocators = ["mine=\(path)"] }).hash == first)
  }

  @Test("has another hash for another prefix, and the same wherever the library lies")
  func libraryPlace() throws {
    let path = folder.write("liballocator.so", [1, 2, 3])
    let copy = folder.write("libcopy.so", [1, 2, 3])
    let first = try Plan(description { $0.allocators = ["mine=\(path)"] }).hash
    #expect(try Plan(description { $0.allocators = ["mine=\(copy)"] }).hash == first)
    #expect(try Plan(description { $0.allocators = ["mine=\(path):mi_"] }).hash != first)
  }

  @Test("refuses numbers that no worker could be started with")
  func ranges() {
    let changes: [(inout ExperimentDescription) -> Void] = [
      { $0.rounds = ["time": -1] }, { $0.rounds = ["time": .max] }, { $0.threads = [1, 0] },
      { $0.threads = [5_000_000_000] }, { $0.processors = [-1] }, { $0.repeats = 0 }, { $0.warmups = -1 },
      { $0.programMemoryByteCount = -1 }, { $0.timeLimitSeconds = -1 }, { $0.processTimeLimitSeconds = 0 },
    ]
    for change in changes {
      #expect {
        try Plan(description(change))
      } throws: { error in
        if case ExperimentError.settingOutOfRange = error { true } else { false }
      }
    }
  }

  @Test("refuses what it cannot do")
  func refusals() {
    #expect(throws: ExperimentError.nothingChosen(what: "a workload")) { try Plan(description { $0.workloads = [] }) }
    #expect(throws: ExperimentError.nothingChosen(what: "an allocator")) {
      try Plan(description { $0.allocators = [] })
    }
    #expect(throws: ExperimentError.nothingChosen(what: "a pass with at least one round")) {
      try Plan(description { $0.rounds = ["time": 0] })
    }
    #expect(
      throws: ExperimentError.unknownWord(setting: "rounds", word: "speed", known: ["time", "memory", "latency"])
    ) {
      try Plan(description { $0.rounds = ["speed": 3] })
    }
    #expect(
      throws: ExperimentError.unknownWord(setting: "touch", word: "some", known: ["none", "first", "page", "all"])
    ) {
      try Plan(description { $0.touch = "some" })
    }
    for load in ["builtin", "static"] {
      #expect(throws: ExperimentError.unknownWord(setting: "load", word: load, known: ["dlopen", "preload"])) {
        try Plan(description { $0.load = load })
      }
    }
    #expect(
      throws: ExperimentError.unknownWord(setting: "drainMilliseconds", word: "7", known: ["100", "1000", "5000"])
    ) {
      try Plan(description { $0.drainMilliseconds = [100, 7] })
    }
    #expect(throws: ExperimentError.system(call: "open", path: "missing.acetrace", errno: 2)) {
      try Plan(description { $0.workloads = ["missing.acetrace"] })
    }
  }
}
