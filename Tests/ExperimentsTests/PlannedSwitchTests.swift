// SPDX-License-Identifier: MIT

import Allocators
import Experiments
import Glibc
import Results
import TestSupport
import Testing

@Suite("A plan with switches is one that ACE itself has taken")
struct PlannedSwitchTests {
  private let folder = TemporaryFolder()
  private static let ace = Products.path("libace.so")

  private func plan(_ switches: [String: [String]], library: String = ace, load: String = "dlopen") throws -> Plan {
    var description = ExperimentDescription()
    description.allocators = ["system", "ace=\(library)"]
    description.workloads = ["tiny-hot"]
    description.switches = switches
    description.load = load
    return try Plan(description)
  }

  @Test("the knobs of a library are those that it describes")
  func knobs() throws {
    let knobs = try ACEKnobs.of(AllocatorCatalog.allocator(describedBy: "ace=\(Self.ace)"))
    #expect(knobs.count > 20)
    #expect(knobs.first { $0.name == "warm-superslabs" }?.unit == "superslabs of 2 MiB")
  }

  @Test("every switch and knob is taken, at both ends of its range", arguments: ["dlopen", "preload"])
  func all(load: String) throws {
    let knobs = try ACEKnobs.of(AllocatorCatalog.allocator(describedBy: "ace=\(Self.ace)"))
    func settings(_ value: (ACEKnob) -> UInt64) -> [String: [String]] {
      Dictionary(
        uniqueKeysWithValues: knobs.map { knob in
          (knob.name, [knob.kind == .switch ? (value(knob) == 1 ? "on" : "off") : String(value(knob))])
        })
    }
    for switches in [settings(\.range.lowerBound), settings(\.range.upperBound)] {
      #expect(try plan(switches, load: load).arms.map(\.arm.allocator) == ["system", "ace"])
    }
  }

  @Test("every word is taken")
  func words() throws {
    let plan = try plan([
      "profile": ["full", "balanced", "conservative"], "engine": ["off", "observe", "on"],
      "goal": ["time", "balanced", "memory"], "route": ["tiny-first", "tiny-only", "pool-only"], "seed": ["7"],
    ])
    #expect(plan.arms.count == 1 + 81)
  }

  @Test("mistakes end it before anything runs")
  func mistakes() {
    #expect(
      throws: ExperimentError.settingOutOfRange(
        setting: "purge-delay-ms", value: "99999999999", minimum: "0", maximum: "86400000")
    ) {
      try plan(["purge-delay-ms": ["5", "99999999999"]])
    }
    #expect(throws: ExperimentError.unknownWord(setting: "refill-one", word: "of", known: ["on", "off"])) {
      try plan(["refill-one": ["on", "of"]])
    }
    #expect {
      try plan(["refil-one": ["on"]])
    } throws: { error in
      guard case ExperimentError.unknownSwitch("refil-one", let known) = error else { return false }
      return known.contains("refill-one") && known.contains("engine")
    }
  }

  @Test("a file of settings is found wherever workers run, and read by ACE")
  func file() throws {
    folder.write("good.conf", Array("ace-conf 1\nwarm-superslabs = 9\n".utf8))
    let plan = try plan(["conf": [folder.file("good.conf")], "refill-one": ["on"]])
    #expect(plan.arms.last?.arm.switches == "conf=\(folder.file("good.conf"));refill-one=on")
    #expect(plan.description.switches["conf"] == [folder.file("good.conf")])
    let missing = folder.file("missing.conf")
    #expect(throws: ExperimentError.system(call: "access", path: missing, errno: ENOENT)) {
      try self.plan(["conf": [missing]])
    }
  }

  @Test("another hash when a file of settings says something else")
  func fileHash() throws {
    func hash(_ text: String) throws -> String {
      folder.write("some.conf", Array("ace-conf 1\n\(text)\n".utf8))
      return try plan(["conf": [folder.file("some.conf")]]).hash
    }
    let first = try hash("warm-superslabs = 9")
    #expect(try hash("warm-superslabs = 8") != first)
    #expect(try hash("warm-superslabs = 9") == first)
  }

  @Test("what ACE complains of ends it", arguments: ["", "ace-conf 2\n", "ace-conf 1\nwarm-superslab = 9\n"])
  func complaint(text: String) {
    folder.write("bad.conf", Array(text.utf8))
    #expect {
      try plan(["conf": [folder.file("bad.conf")]])
    } throws: { error in
      guard case ExperimentError.settingNotTaken(let arm, let reason) = error else { return false }
      return arm.switches == "conf=\(folder.file("bad.conf"))" && reason.contains("bad.conf")
    }
  }

  @Test("a library that is no ACE cannot be asked")
  func stranger() {
    let path = folder.write("libace.so", [1, 2, 3])
    #expect {
      try plan(["refill-one": ["on"]], library: path)
    } throws: { error in
      guard case ExperimentError.notProbed("ace", let reason) = error else { return false }
      return reason.hasPrefix("not-loadable")
    }
    #expect(throws: Never.self) { try plan([:], library: path) }
  }
}
