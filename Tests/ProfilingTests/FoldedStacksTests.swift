// SPDX-License-Identifier: MIT

import Testing

@testable import Profiling

@Suite("Folded stacks")
struct FoldedStacksTests {
  @Test("say what was added, a line a stack", arguments: 1...10 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    let random = RandomProfile(seed: seed)
    for measure in random.profile.measures.indices {
      let output = ProfileOutput()
      FoldedStacks.write(random.profile, measures: [measure], to: output)
      var expected: [String: Int64] = [:]
      for (stack, values) in random.stacks where values[measure] != 0 {
        let names = stack.split(separator: ";").map { name in
          (Int(name.dropFirst("function".count)) ?? 0) % 5 == 4 ? name + "_[k]" : name
        }
        expected[names.isEmpty ? "[no stack]" : names.joined(separator: ";")] = values[measure]
      }
      #expect(try Self.read(output.finish()) == expected)
    }
  }

  @Test("have nothing within a name that stands between names", arguments: 1...5 as ClosedRange<UInt64>)
  func oddNames(seed: UInt64) throws {
    let random = RandomProfile(seed: seed, odd: true)
    let output = ProfileOutput()
    FoldedStacks.write(random.profile, to: output)
    let stacks = try Self.read(output.finish())
    #expect(stacks.values.reduce(0, +) == random.total(0))
    // As deep as before: no semicolon has become a border.
    let depths = Set(random.stacks.filter { $0.value[0] != 0 }.map { $0.key.split(separator: ";").count })
    #expect(stacks.keys.map { $0.split(separator: ";").count }.max() ?? 0 <= (depths.max() ?? 0))
  }

  @Test("come in the order of the names, whatever the order of the samples")
  func order() throws {
    var profile = StackProfile(measures: [.allocatedBlocks])
    let frames = ["main", "b", "a"].map { profile.index(of: StackFrame(function: $0)) }
    profile.add(stack: [frames[0], frames[1]], values: [2])
    profile.add(stack: [frames[0], frames[2]], values: [3])
    profile.add(stack: [frames[0]], values: [1])
    let output = ProfileOutput()
    FoldedStacks.write(profile, to: output)
    #expect(String(decoding: try output.finish(), as: UTF8.self) == "main 1\nmain;a 3\nmain;b 2\n")
  }

  @Test("of two measures have two numbers in a line")
  func twoMeasures() throws {
    var profile = StackProfile(measures: [.allocatedBytes, .allocatedBlocks])
    profile.add(stack: [profile.index(of: StackFrame(function: "f", isInlined: true))], values: [0, 3])
    let output = ProfileOutput()
    FoldedStacks.write(profile, measures: [0, 1], to: output)
    #expect(String(decoding: try output.finish(), as: UTF8.self) == "f_[i] 0 3\n")
  }

  /// Reads lines as speedscope does: everything up to the last space, and a whole number.
  private static func read(_ bytes: [UInt8]) throws -> [String: Int64] {
    var stacks: [String: Int64] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let space = try #require(line.lastIndex(of: " "))
      let value = try #require(Int64(line[line.index(after: space)...]))
      #expect(stacks.updateValue(value, forKey: String(line[..<space])) == nil)
    }
    return stacks
  }
}
