// SPDX-License-Identifier: MIT

import Testing

@testable import Profiling

@Suite("A profile of stacks")
struct StackProfileTests {
  @Test("keeps stacks that are alike once, and adds their values")
  func alike() {
    var profile = StackProfile(measures: [.allocatedBytes, .allocatedBlocks])
    let main = profile.index(of: StackFrame(function: "main"))
    let read = profile.index(of: StackFrame(function: "read"))
    #expect(profile.index(of: StackFrame(function: "main")) == main)
    profile.add(stack: [main, read], values: [100, 1])
    profile.add(stack: [main], values: [5, 1])
    profile.add(stack: [main, read], values: [20, 1])
    profile.add(stack: [], values: [3, 1])
    #expect(profile.nodeCount == 3)
    let leaf = profile.node(of: [main, read])
    #expect(profile.ownValue(of: leaf) == 120)
    #expect(profile.ownValue(of: leaf, measure: 1) == 2)
    #expect(profile.totals(measure: 0) == [128, 125, 120])
    #expect(profile.totals(measure: 1) == [4, 3, 2])
    #expect(profile.total() == 128)
  }
}
