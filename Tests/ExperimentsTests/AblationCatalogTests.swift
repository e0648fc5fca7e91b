// SPDX-License-Identifier: MIT

import Allocators
import TestSupport
import Testing

@testable import Experiments

/// What a profile has set is what the library says.
@Suite struct AblationCatalogTests {
  @Test("names are those of the library's switches and knobs, the words, and the place of records")
  func names() throws {
    let names = try AblationCatalog(base: "full").names
    #expect(Set(names).count == names.count)
    #expect(names.first == "refill-one" && names.last == "records")
    for name in ["worker", "purge-delay-ms", "engine", "route", "goal", "profile"] { #expect(names.contains(name)) }
  }

  @Test("the profile full has every switch on, the others what the library has in them")
  func switches() throws {
    let ace = try AllocatorCatalog.allocator(describedBy: "ace")
    for base in AblationCatalog.profiles {
      let catalog = try AblationCatalog(base: base)
      let knobs = try ACEKnobs.of(ace, switches: "profile=" + base).filter { $0.kind == .switch }
      #expect(knobs.count >= 9)
      for knob in knobs {
        let on = knob.value == 1
        #expect(base != "full" || on, "\(knob.name)")
        let change = AblationChange(knob.name, on ? "off" : "on", insteadOf: on ? "on" : "off")
        #expect(try catalog.changes(knob.name) == [change], "\(knob.name) in \(base)")
        #expect(try catalog.changes(knob.name + "=" + (on ? "0" : "1")) == [change])
      }
    }
  }

  @Test("the engine is in each profile what the library has it in", arguments: AblationCatalog.profiles)
  func engine(base: String) throws {
    let mode = try #require(try AblationCatalog(base: base).changes("engine").first?.baseValue)
    let number = try #require(SwitchEnvironment.engineModes.firstIndex(of: mode))
    let ace = try AllocatorCatalog.allocator(describedBy: "ace")
    for candidate in SwitchEnvironment.engineModes.indices {
      var command = WorkerCommand(
        probing: ace, load: .dlopen, switches: "profile=" + base, worker: try WorkerLocation.path())
      command.arguments += ["--settings", "engine=\(candidate)"]
      let reply = WorkerReply(try ChildProcess(command, timeLimitSeconds: 10).run().standardOutput)
      #expect((reply.text("served_by") != nil) == (candidate == number), "\(base): \(candidate)")
    }
  }

  @Test("what cannot be is refused with its reason")
  func refused() throws {
    let catalog = try AblationCatalog(base: "full")
    #expect(throws: AblationError.unknownSetting(name: "tierng", known: catalog.names)) {
      try catalog.changes("tierng")
    }
    #expect(throws: AblationError.unknownSetting(name: "warm-slab", known: catalog.names)) {
      try catalog.changes("warm-slab=3")
    }
    #expect(throws: ExperimentError.unknownWord(setting: "tiering", word: "yes", known: ["on", "off"])) {
      try catalog.changes("tiering=yes")
    }
    #expect(throws: ExperimentError.unknownWord(setting: "records", word: "x", known: ["prefix", "table", "header"])) {
      try catalog.changes("records=x")
    }
    #expect(
      throws: ExperimentError.settingOutOfRange(setting: "keep-slabs", value: "65", minimum: "0", maximum: "64")
    ) { try catalog.changes("keep-slabs=65") }
    #expect(throws: ExperimentError.notANumber(setting: "keep-slabs", text: "few")) {
      try catalog.changes("keep-slabs=few")
    }
    #expect(throws: AblationError.valueMissing(name: "keep-slabs", minimum: 0, maximum: 64)) {
      try catalog.changes("keep-slabs")
    }
    #expect(throws: AblationError.noChange(setting: "engine=on", base: "full")) { try catalog.changes("engine=on") }
    #expect(throws: AblationError.noChange(setting: "tiering=1", base: "full")) { try catalog.changes("tiering=1") }
    let delay = try #require(try catalog.changes("purge-delay-ms=7").first?.baseValue)
    #expect(throws: AblationError.noChange(setting: "purge-delay-ms=0\(delay)", base: "full")) {
      try catalog.changes("purge-delay-ms=0\(delay)")
    }
    #expect(throws: AblationError.unknownBase("all", known: ["full", "balanced", "conservative"])) {
      try AblationCatalog(base: "all")
    }
    #expect(throws: ExperimentError.malformedSwitch(text: "tiering=")) { try catalog.changes("tiering=") }
  }
}
