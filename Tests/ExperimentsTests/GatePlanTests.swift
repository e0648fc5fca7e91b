// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Glibc
import Results
import TestSupport
import Testing

@Suite("A gate's plan")
struct GatePlanTests {
  private let folder = TemporaryFolder()

  private func description(_ change: (inout GateDescription) -> Void = { _ in }) -> GateDescription {
    var description = GateDescription()
    description.cells = ["tiny-hot", "larson"].map { GateCellDescription(workload: $0) }
    description.seed = 5
    change(&description)
    return description
  }

  private func plan(
    slowdown: Double = 0, base: String = "system", head: String = "system",
    _ change: (inout GateDescription) -> Void = { _ in }
  ) throws -> GatePlan {
    try GatePlan(description(change), base: base, head: head, injectedSlowdown: slowdown)
  }

  /// What the workers of a unit are told that has to do with their arms, in the order of the roles.
  private func slowdowns(_ plan: GatePlan, _ unit: GateUnit) -> [String?] {
    plan.commands(of: unit, worker: "worker").map { command in
      command.arguments.firstIndex(of: "--slowdown").map { command.arguments[$0 + 1] }
    }
  }

  @Test("has two arms, and the controls in the first cell's time pass alone")
  func arms() throws {
    let plan = try plan(slowdown: 0.25)
    #expect(plan.plan.arms.map(\.arm.allocator) == ["base", "head", "base-copy", "base-slowed"])
    let units = plan.settings.units
    #expect(units.map(\.pass) == [.time, .memory, .time, .memory])
    #expect(slowdowns(plan, units[0]) == [nil, "0.25", nil, "0.1"])
    for unit in units[1...] { #expect(slowdowns(plan, unit) == [nil, "0.25"]) }
    let without = try self.plan { $0.controls = false }
    #expect(without.plan.arms.map(\.arm.allocator) == ["base", "head"])
    #expect(without.settings.controlCellIdentifier == nil)
    // The first cell that counts and has a time pass has the controls.
    let memory = try self.plan { $0.cells[0].metrics = ["peak-rss"] }
    #expect(memory.settings.controlCellIdentifier == memory.settings.cells[1].identifier)
    #expect(try self.plan { $0.metrics = ["memory-area"] }.settings.controlCellIdentifier == nil)
  }

  @Test("takes libraries by their paths, copies the base for the control, and takes the copy away")
  func libraries() throws {
    let base = folder.write("base.so", [1, 2, 3])
    let head = folder.write("head.so", [1, 2, 4])
    var copy = ""
    do {
      let plan = try plan(base: base, head: "mine=\(head):my_")
      let libraries = plan.plan.arms.map(\.library)
      #expect(libraries[0].path == base && libraries[1].path == head && libraries[3].path == base)
      #expect(libraries[2].sha256 == libraries[0].sha256 && libraries[1].sha256 != libraries[0].sha256)
      copy = libraries[2].path
      #expect(copy != base && access(copy, F_OK) == 0)
      #expect(!plan.comparesSameFile)
      let commands = plan.commands(of: plan.settings.units[0], worker: "worker")
      #expect(commands[1].arguments.contains("my_") && !commands[0].arguments.contains("my_"))
    }
    #expect(access(copy, F_OK) != 0)
    let twin = folder.write("twin.so", [1, 2, 3])
    #expect(try plan(base: base, head: twin).comparesSameFile)
    #expect(try !plan(slowdown: 0.1, base: base, head: twin).comparesSameFile)
  }

  @Test("judges what each cell says, and else what the gate says")
  func cells() throws {
    let plan = try plan {
      $0.tolerate = 0.03
      $0.cells[1].threads = 2
      $0.cells[1].metrics = ["cpu-throughput", "memory-area"]
      $0.cells[1].detect = 0.2
      $0.cells.append(GateCellDescription(workload: "grow"))
      $0.cells[2].ignore = GateIgnore(reason: "later", until: "2999-12-31")
    }
    let cells = plan.settings.cells
    #expect(cells.map(\.title) == ["tiny-hot", "larson, 2 threads", "grow"])
    let usual = Margins(tolerate: 0.03, detect: 0.05)
    #expect(cells[0].metrics == [.throughput: usual, .peakRSS: usual])
    let own = Margins(tolerate: 0.03, detect: 0.2)
    #expect(cells[1].metrics == [.cpuThroughput: own, .memoryArea: own])
    #expect(plan.settings.judgedCells.map(\.title) == ["tiny-hot", "larson, 2 threads"])
    #expect(plan.settings.suiteMargins[.cpuThroughput] == usual, "the mean has the margins of the gate")
    #expect(plan.plan.cells.map(\.cell.threadCount) == [1, 2, 1])
  }

  @Test("has a hash of what is run, whatever it is run on and in which order")
  func workloadHash() throws {
    let library = folder.write("other.so", [1])
    let hash = try #require(try plan().settings.workloadHash)
    #expect(hash.count == 16)
    #expect(try plan { $0.seed = 9 }.settings.workloadHash == hash)
    #expect(try plan(slowdown: 0.5, base: library, head: library).settings.workloadHash == hash)
    #expect(try plan { $0.tolerate = 0.04 }.settings.workloadHash == hash)
    let others: [(inout GateDescription) -> Void] = [
      { $0.touch = "all" }, { $0.repeats = 3 }, { $0.cells.removeLast() }, { $0.cells[0].workload = "tiny-hot:32" },
      { $0.cells[1].threads = 2 },
    ]
    let hashes = try others.map { try plan($0).settings.workloadHash }
    #expect(Set(hashes + [hash]).count == others.count + 1)
    // The plan as a whole depends on everything.
    let whole = try plan().plan.hash
    #expect(try plan { $0.seed = 9 }.plan.hash != whole)
    #expect(try plan(slowdown: 0.5).plan.hash != whole)
    #expect(try plan().plan.hash == whole)
  }

  @Test("draws a seed where none is given, and records it")
  func seed() throws {
    let seeds = try (0..<4).map { _ in try plan { $0.seed = 0 }.plan.description.seed }
    #expect(seeds.allSatisfy { (1...999_999).contains($0) })
    #expect(Set(seeds).count > 1)
    #expect(try plan().plan.description.seed == 5)
  }

  private struct Refusal {
    var error: ExperimentError
    var change: (inout GateDescription) -> Void
  }

  @Test("refuses what could not be judged")
  func refusals() {
    let metrics = ["throughput", "cpu-throughput", "peak-rss", "memory-area"]
    for refusal in [
      Refusal(error: .nothingChosen(what: "a cell that counts")) { $0.cells = [] },
      Refusal(error: .nothingChosen(what: "a cell that counts")) {
        for index in 0..<2 { $0.cells[index].ignore = GateIgnore(reason: "later", until: "2999-12-31") }
      },
      Refusal(error: .nothingChosen(what: "a metric")) { $0.metrics = [] },
      Refusal(error: .unknownWord(setting: "metrics", word: "speed", known: metrics)) {
        $0.cells[1].metrics = ["speed"]
      },
      Refusal(error: .unknownWord(setting: "order", word: "duet", known: ["random", "mirrored"])) { $0.order = "duet" },
      Refusal(error: .repeatedCell("tiny-hot:64")) { $0.cells[1].workload = "tiny-hot:64" },
      Refusal(error: .unorderedMargins(cell: "larson", tolerate: 0.02, detect: 0.01)) { $0.cells[1].detect = 0.01 },
      Refusal(error: .unorderedMargins(cell: "the mean over all cells", tolerate: 0.02, detect: 1)) { $0.detect = 1 },
      Refusal(error: .unorderedMargins(cell: "the mean over all cells", tolerate: -0.01, detect: 0.05)) {
        $0.tolerate = -0.01
      },
      Refusal(error: .malformedIgnore(cell: "tiny-hot")) {
        $0.cells[0].ignore = GateIgnore(reason: " ", until: "2999-12-31")
      },
      Refusal(error: .malformedIgnore(cell: "tiny-hot")) {
        $0.cells[0].ignore = GateIgnore(reason: "later", until: "next year")
      },
      Refusal(error: .expiredIgnore(cell: "tiny-hot", until: "2020-02-29", reason: "later")) {
        $0.cells[0].ignore = GateIgnore(reason: "later", until: "2020-02-29")
      },
      Refusal(error: .settingOutOfRange(setting: "significance", value: "0.5", minimum: "0", maximum: "0.5")) {
        $0.significance = 0.5
      },
    ] {
      #expect(throws: refusal.error) { try plan(refusal.change) }
    }
    #expect(throws: (any Error).self) { try plan { $0.screen.step = 0 } }
    #expect(throws: (any Error).self) { try plan { $0.significance = .nan } }
    #expect(throws: (any Error).self) { try plan { $0.repeats = 0 } }
    #expect(throws: (any Error).self) { try plan { $0.threads = 0 } }
  }
}
