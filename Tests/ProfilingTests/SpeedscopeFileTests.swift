// SPDX-License-Identifier: MIT

import FoundationEssentials
import Testing

@testable import Profiling

@Suite("A speedscope file")
struct SpeedscopeFileTests {
  /// What its schema demands; a member that is missing or of another type does not decode.
  private struct File: Decodable {
    struct Shared: Decodable { var frames: [Frame] }
    struct Frame: Decodable {
      var name: String
      var file: String?
    }
    struct Profile: Decodable {
      var type: String
      var name: String
      var unit: String
      var startValue: Int64
      var endValue: Int64
      var samples: [[Int]]
      var weights: [Int64]
    }
    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case shared, profiles, name, activeProfileIndex, exporter
    }
    var schema: String
    var shared: Shared
    var profiles: [Profile]
    var name: String
    var activeProfileIndex: Int
    var exporter: String
  }

  @Test("has every measure as a profile of its own", arguments: [1, 2, 3] as [UInt64], [false, true])
  func roundTrip(seed: UInt64, odd: Bool) throws {
    let random = RandomProfile(seed: seed, odd: odd)
    let file = try Self.read(random.profile)
    #expect(file.schema == "https://www.speedscope.app/file-format-schema.json")
    #expect(file.name == random.profile.title)
    #expect(file.profiles.map(\.name) == ["cycles", "time", "allocated bytes"])
    #expect(file.profiles.map(\.unit) == ["none", "nanoseconds", "bytes"])
    for (measure, profile) in file.profiles.enumerated() {
      #expect(profile.type == "sampled")
      #expect(profile.weights.count == profile.samples.count)
      #expect(profile.startValue == 0)
      #expect(profile.endValue == random.total(measure))
      #expect(profile.weights.reduce(0, +) == random.total(measure))
      let stacks = zip(profile.samples, profile.weights).map { sample, weight in
        (sample.map { random.profile.frames[$0].function }.joined(separator: ";"), weight)
      }
      let expected = random.stacks.mapValues { $0[measure] }.filter { $0.value != 0 }
      #expect(Dictionary(uniqueKeysWithValues: stacks) == expected)
    }
    for (frame, written) in zip(random.profile.frames, file.shared.frames) {
      #expect(written.name == (frame.origin == .kernel ? frame.function + "_[k]" : frame.function))
      #expect(written.file == frame.module.path)
    }
    #expect(file.shared.frames.count == random.profile.frames.count)
  }

  @Test("leaves out measures that may not be added up, and may be empty")
  func empty() throws {
    let file = try Self.read(StackProfile(measures: [.ownPeakBytes, .allocatedBytes]))
    #expect(file.profiles.map(\.name) == ["allocated bytes"])
    #expect(file.profiles[0].samples.isEmpty)
    #expect(file.shared.frames.isEmpty)
  }

  private static func read(_ profile: StackProfile) throws -> File {
    let output = ProfileOutput()
    SpeedscopeFile.write(profile, to: output)
    return try JSONDecoder().decode(File.self, from: Data(try output.finish()))
  }
}
