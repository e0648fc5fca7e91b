// SPDX-License-Identifier: MIT

import Testing

@testable import Profiling

@Suite("A pprof file")
struct PprofFileTests {
  @Test("says what was added, innermost frame first", arguments: [1, 2, 3] as [UInt64], [false, true])
  func roundTrip(seed: UInt64, odd: Bool) throws {
    let random = RandomProfile(seed: seed, odd: odd)
    let message = try Self.read(random.profile)
    #expect(message.texts[0].isEmpty)
    #expect(Set(message.texts).count == message.texts.count)
    #expect(message.sampleTypes == [["cycles", "count"], ["time", "nanoseconds"], ["alloc_space", "bytes"]])
    #expect(message.defaultSampleType == "cycles")
    #expect(message.comments == [random.profile.title])
    var stacks: [String: [Int64]] = [:]
    for sample in message.samples {
      let names = try sample.locations.reversed().map { identifier in
        let location = try #require(message.locations[identifier])
        return try #require(message.functions[location.function]).name
      }
      stacks[names.joined(separator: ";")] = sample.values
    }
    #expect(stacks == random.stacks.filter { $0.value != [0, 0, 0] })
    for (position, frame) in random.profile.frames.enumerated() {
      let location = try #require(message.locations[UInt64(position + 1)])
      #expect(location.address == frame.address)
      let mapping = try #require(message.mappings[location.mapping])
      #expect(mapping.path == frame.module.path)
      #expect(mapping.buildIdentifier == frame.module.buildIdentifier)
    }
    #expect(message.mappings.count == 3)
  }

  @Test("has the names that readers know for memory, and only what can be added up")
  func measures() throws {
    var profile = StackProfile(measures: [
      .allocatedBytes, .allocatedBlocks, .ownPeakBytes, .leakedBytes, .leakedBlocks, .shortLivedBytes, .peakBytes,
    ])
    profile.durationNanoseconds = 1_500_000_000
    profile.add(stack: [profile.index(of: StackFrame(function: "f"))], values: [1, 2, 3, 4, -5, 6, 7])
    let message = try Self.read(profile)
    #expect(
      message.sampleTypes.map { $0[0] } == [
        "alloc_space", "alloc_objects", "inuse_space", "inuse_objects", "short_lived_bytes", "peak_bytes",
      ])
    #expect(message.samples == [PprofMessage.Sample(locations: [1], values: [1, 2, 4, -5, 6, 7])])
    #expect(message.durationNanoseconds == 1_500_000_000)
    #expect(message.locations[1]?.mapping == 0)
  }

  @Test("may be longer than a buffer")
  func long() throws {
    let random = RandomProfile(seed: 1, sampleCount: 50_000, functionCount: 3000, depth: 30)
    let message = try Self.read(random.profile)
    #expect(message.samples.reduce(0) { $0 + $1.values[0] } == random.total(0))
  }

  private static func read(_ profile: StackProfile) throws -> PprofMessage {
    let output = ProfileOutput()
    try PprofFile.write(profile, to: output)
    return try PprofMessage(gzip: try output.finish())
  }
}
