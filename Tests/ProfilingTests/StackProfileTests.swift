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
    #expect(profile.totals() == [128, 125, 120])
    #expect(profile.totals(measure: 1) == [4, 3, 2])
    #expect(profile.total() == 128)
  }

  @Test("tells frames apart by whose they are and where they lie")
  func frames() {
    var profile = StackProfile(measures: [.allocatedBytes])
    let user = profile.index(of: StackFrame(function: "read", module: ProfileModule(path: "/lib/libc.so.6")))
    let kernel = profile.index(of: StackFrame(function: "read", origin: .kernel))
    let inlined = profile.index(of: StackFrame(function: "read", isInlined: true))
    #expect(Set([user, kernel, inlined]).count == 3)
    #expect(profile.frames.count == 3)
  }

  @Test("loses nothing, whatever the stacks", arguments: 1...20 as ClosedRange<UInt64>)
  func conservation(seed: UInt64) {
    let random = RandomProfile(seed: seed)
    let profile = random.profile
    for measure in profile.measures.indices {
      #expect(profile.totals(measure: measure)[0] == random.total(measure))
      #expect(profile.total(measure: measure) == random.total(measure))
    }
    #expect(Self.stacks(profile) == random.stacks)
  }

  @Test("merged with another is as if all had been added to one", arguments: 1...10 as ClosedRange<UInt64>)
  func merging(seed: UInt64) throws {
    var (first, second) = (RandomProfile(seed: seed), RandomProfile(seed: seed + 100, functionCount: 30))
    var merged = first.profile
    try merged.merge(second.profile)
    let expected = first.stacks.merging(second.stacks) { zip($0, $1).map { $0 + $1 } }
    #expect(Self.stacks(merged) == expected)
    swap(&first, &second)
    var other = first.profile
    try other.merge(second.profile)
    #expect(Self.stacks(other) == expected)
  }

  @Test("keeps the highest of what may not be added")
  func highest() throws {
    var first = StackProfile(measures: [.ownPeakBytes])
    first.raise(to: 70, at: first.node(of: [first.index(of: StackFrame(function: "f"))]), measure: 0)
    var second = StackProfile(measures: [.ownPeakBytes])
    let node = second.node(of: [second.index(of: StackFrame(function: "f"))])
    second.raise(to: 50, at: node, measure: 0)
    second.raise(to: 40, at: node, measure: 0)
    #expect(second.ownValue(of: node) == 50)
    try first.merge(second)
    #expect(Self.stacks(first) == ["f": [70]])
  }

  @Test("refuses to become one with a profile of something else")
  func refusal() {
    var profile = StackProfile(measures: [.allocatedBytes])
    let other = StackProfile(measures: [.allocatedBlocks])
    #expect(throws: ProfilingError.differentMeasures([.allocatedBytes], [.allocatedBlocks])) {
      try profile.merge(other)
    }
    #expect(throws: ProfilingError.differentMeasures([.allocatedBytes], [.allocatedBlocks])) {
      try profile.difference(to: other, measure: .allocatedBytes)
    }
  }

  @Test("and another differ stack by stack", arguments: 1...10 as ClosedRange<UInt64>)
  func difference(seed: UInt64) throws {
    let (first, second) = (RandomProfile(seed: seed), RandomProfile(seed: seed + 7, functionCount: 25))
    let difference = try first.profile.difference(to: second.profile, measure: .allocatedBytes)
    var expected: [String: [Int64]] = [:]
    for key in Set(first.stacks.keys).union(second.stacks.keys) {
      expected[key] = [(second.stacks[key]?[2] ?? 0) - (first.stacks[key]?[2] ?? 0)]
    }
    #expect(Self.stacks(difference) == expected.filter { $0.value != [0] })
  }

  @Test("sums up functions, those that call themselves once")
  func functions() {
    var profile = StackProfile(measures: [.allocatedBytes, .ownPeakBytes, .allocatedBlocks])
    let main = profile.index(of: StackFrame(function: "main"))
    let walk = profile.index(of: StackFrame(function: "walk"))
    profile.add(stack: [main, walk, walk, main, walk], values: [10, 99, 1])
    profile.add(stack: [main, walk], values: [5, 99, 1])
    profile.add(stack: [main], values: [1, 99, 1])
    let totals = FunctionTotals(profile)
    #expect(totals.measures == [.allocatedBytes, .allocatedBlocks])
    #expect(totals.whole == [16, 3])
    #expect(totals.rows.map(\.frame.function) == ["walk", "main"])
    #expect(totals.rows[0].own == [15, 2])
    #expect(totals.rows[0].total == [15, 2])
    #expect(totals.rows[1].own == [1, 1])
    #expect(totals.rows[1].total == [16, 3])
  }

  /// What each stack has, without those that have nothing.
  static func stacks(_ profile: StackProfile) -> [String: [Int64]] {
    var stacks: [String: [Int64]] = [:]
    for node in profile.nodes {
      let values = profile.measures.indices.map { profile.ownValue(of: node, measure: $0) }
      guard values.contains(where: { $0 != 0 }) else { continue }
      var names: [String] = []
      var caller = node
      while let frame = profile.frame(of: caller), let next = profile.parent(of: caller) {
        names.append(frame.function)
        caller = next
      }
      stacks[names.reversed().joined(separator: ";"), default: values.map { _ in 0 }] = values
    }
    return stacks
  }
}
