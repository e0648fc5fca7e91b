// SPDX-License-Identifier: MIT

import Allocators
import Comparison
import Experiments
import Glibc
import TestSupport
import Testing

@Suite("A plan of a search for settings")
struct TuningPlanTests {
  private static let ace = Products.path("libace.so")

  private func knobs() throws -> [ACEKnob] {
    try ACEKnobs.of(AllocatorCatalog.allocator(describedBy: "ace=\(Self.ace)"))
  }

  private func plan(_ allocator: String = "ace=\(ace)", workload: String = "tiny-hot") throws -> TuningPlan {
    var description = ExperimentDescription()
    description.allocators = [allocator]
    description.workloads = [workload]
    return try TuningPlan(description, goal: .time, limits: TuningLimits())
  }

  @Test("whatever can be set in ACE is searched, and begins where the library says")
  func complete() throws {
    let knobs = try knobs()
    let names = TuningSpace.ace.variables.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names) == Set(knobs.map(\.name) + ["profile", "engine"]))
    let variables = try plan().space.variables
    #expect(Set(variables.map(\.name)) == Set(names))
    for knob in knobs {
      let initial = knob.kind == .switch ? (knob.initialValue == 1 ? "on" : "off") : "\(knob.initialValue)"
      let variable = try #require(variables.first { $0.name == knob.name })
      #expect(variable.initial == initial, "\(knob.name)")
      #expect(!variable.levels.contains(initial) && !variable.levels.isEmpty, "\(knob.name)")
    }
    for name in ["profile", "engine"] {
      let words = try #require(ACEWords.all.first { $0.name == name }?.words)
      let variable = try #require(variables.first { $0.name == name })
      #expect(Set([variable.initial] + variable.levels) == Set(words))
    }
  }

  @Test("every level of every variable is taken by ACE")
  func taken() throws {
    let plan = try plan()
    // Several at once, each in one of the values that are tried: a process for each variable would take seconds.
    for place in 0..<2 {
      let settings = plan.space.variables.map { TuningSetting($0.name, $0.levels[min(place, $0.levels.count - 1)]) }
      var description = ExperimentDescription()
      description.allocators = ["ace=\(Self.ace)"]
      description.workloads = ["tiny-hot"]
      description.switches = Dictionary(uniqueKeysWithValues: settings.map { ($0.name, [$0.value]) })
      #expect(throws: Never.self) { try Plan(description) }
    }
  }

  @Test("a library with other knobs, ranges and beginnings has a space of its own")
  func fitted() {
    func knob(_ name: String, _ kind: ACEKnob.Kind, _ range: ClosedRange<UInt64>, _ initial: UInt64) -> ACEKnob {
      ACEKnob(name: name, kind: kind, unit: "", range: range, initialValue: initial, value: initial)
    }
    let space = TuningSpace([
      TuningVariable("profile", initial: "balanced", levels: ["full"]),
      TuningVariable("warm-slabs", initial: "2", levels: ["0", "16"]),
      TuningVariable("tiering", initial: "on", levels: ["off"]),
      TuningVariable("tick-ms", initial: "50", levels: ["10", "500"]),
      TuningVariable("gone", initial: "1", levels: ["0"]),
      TuningVariable("fixed", initial: "1", levels: ["0"]),
    ]).fitted(to: [
      knob("warm-slabs", .number, 0...8, 4), knob("tiering", .switch, 0...1, 0), knob("tick-ms", .number, 1...100, 10),
      knob("fixed", .number, 1...1, 1), knob("new", .number, 0...9, 0),
    ])
    #expect(
      space.variables == [
        TuningVariable("profile", initial: "balanced", levels: ["full"]),
        TuningVariable("warm-slabs", initial: "4", levels: ["2", "0"]),
        TuningVariable("tiering", initial: "off", levels: ["on"]),
        TuningVariable("tick-ms", initial: "10", levels: ["50"]),
      ])
  }

  @Test("what cannot be searched is refused before anything runs")
  func refused() {
    #expect(throws: AllocatorError.notFound(name: "ace", places: ["/nowhere/libace.so"])) {
      try plan("ace=/nowhere/libace.so")
    }
    #expect(throws: ExperimentError.system(call: "open", path: "missing.acetrace", errno: ENOENT)) {
      try plan(workload: "missing.acetrace")
    }
    #expect(throws: (any Error).self) { try plan("system") }
  }
}
