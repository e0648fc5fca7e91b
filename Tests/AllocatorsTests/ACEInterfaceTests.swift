// SPDX-License-Identifier: MIT

import Allocators
import TestSupport
import Testing

@Suite("What ACE tells of itself is read by its interface")
struct ACEInterfaceTests {
  private func ace(_ library: String = "libace.so") throws -> ACEInterface {
    try #require(try LoadedAllocator(.library(path: Products.path(library), prefix: "")).ace)
  }

  @Test("each build describes its switches and knobs", arguments: ["libace.so", "libace-table.so", "libace-header.so"])
  func knobs(library: String) throws {
    let ace = try ace(library)
    let knobs = ace.knobs()
    #expect(Set(knobs.map(\.name)).count == knobs.count)
    let kinds = knobs.map(\.kind)
    #expect(kinds == kinds.filter { $0 == .switch } + kinds.filter { $0 == .number }, "switches come first")
    for policy in knobs where policy.kind == .switch {
      #expect(policy.range == 0...1)
      #expect(policy.unit == "")
    }
    for knob in knobs {
      #expect(knob.kind == .switch || !knob.unit.isEmpty, "\(knob.name)")
      #expect(knob.range.contains(knob.initialValue), "\(knob.name)")
      // Nothing sets them in this process.
      #expect(knob.value == knob.initialValue, "\(knob.name)")
      #expect(ace.value(ofKnob: knob.name) == knob.value, "\(knob.name)")
    }
    let delay = try #require(knobs.first { $0.name == "purge-delay-ms" })
    #expect(delay.kind == .number)
    #expect(delay.unit == "milliseconds")
    #expect(delay.range == 0...86_400_000)
    #expect(knobs.contains { $0.name == "refill-one" && $0.kind == .switch })
  }

  @Test("a name that is none has no value")
  func unknown() throws {
    let ace = try ace()
    for name in ["", "foo", "refill-on", "refill-one "] { #expect(ace.value(ofKnob: name) == nil, "'\(name)'") }
  }

  @Test("the engine's mode is told, and decisions are as many as are counted, of one sequence")
  func engine() throws {
    let ace = try ace()
    #expect((0...2).contains(try #require(ace.statistics()?.engineMode)))
    let decisions = ace.decisions()
    #expect(decisions.count <= 512)
    for (former, next) in zip(decisions, decisions.dropFirst()) { #expect(former.sequence + 1 == next.sequence) }
  }
}
