// SPDX-License-Identifier: MIT

import Testing

@testable import Profiling

@Suite("A differential flamegraph")
struct DifferentialFlamegraphTests {
  private static let measure = ProfileMeasure(name: "cycles", unit: .count)

  private static func profile(_ stacks: KeyValuePairs<String, Int64>) -> StackProfile {
    var profile = StackProfile(measures: [measure])
    for (stack, value) in stacks {
      let frames = stack.split(separator: ";").map { profile.index(of: StackFrame(function: String($0))) }
      profile.add(stack: frames, values: [value])
    }
    return profile
  }

  private static func drawn(
    _ before: StackProfile, _ after: StackProfile, isNormalized: Bool = true
  ) throws -> (frames: DrawnFrames, text: String) {
    let output = ProfileOutput()
    try DifferentialFlamegraph(
      before: before, named: "system", after: after, named: "ace", measure: measure,
      title: "sqlite: ace against system",
      isNormalized: isNormalized
    ).write(to: output)
    let bytes = try output.finish()
    return (try DrawnFrames(bytes), String(decoding: bytes, as: UTF8.self))
  }

  @Test("is red where the share has grown, blue where it has shrunk, pale where it has not changed")
  func colors() throws {
    let before = Self.profile(["main;malloc": 50, "main;free": 30, "main;work": 20])
    let after = Self.profile(["main;malloc": 20, "main;free": 60, "main;work": 20])
    let (drawn, text) = try Self.drawn(before, after)
    #expect(drawn.named("free").first?.fill.hasPrefix("hsl(5,") == true)
    #expect(drawn.named("malloc").first?.fill.hasPrefix("hsl(215,") == true)
    for name in ["work", "main", "all"] { #expect(drawn.named(name).first?.fill == "hsl(0,0%,92%)") }
    #expect(drawn.named("malloc").first?.tooltip.last == "change -30.0 % of the whole")
    #expect(text.contains("more in ace") && text.contains("less than in system"))
    #expect(text.contains("widths are ace"))
  }

  @Test("compares shares, so that a longer run changes nothing, unless counts are asked for")
  func normalization() throws {
    let before = Self.profile(["main;malloc": 50, "main;work": 50])
    let after = Self.profile(["main;malloc": 100, "main;work": 100])
    let shares = try Self.drawn(before, after).frames
    #expect(shares.frames.allSatisfy { $0.fill == "hsl(0,0%,92%)" })
    let counts = try Self.drawn(before, after, isNormalized: false).frames
    #expect(counts.frames.allSatisfy { $0.fill.hasPrefix("hsl(5,") })
    #expect(counts.named("malloc").first?.tooltip.last == "change +25.0 % of the whole")
  }

  @Test("draws what is there afterwards, as wide as it is then")
  func widths() throws {
    let before = Self.profile(["main;gone": 60, "main;work": 40])
    let after = Self.profile(["main;new": 10, "main;work": 90])
    let drawn = try Self.drawn(before, after).frames
    #expect(drawn.named("gone").isEmpty)
    #expect(abs((drawn.named("new").first?.width ?? 0) - 118) < 0.001)
    #expect(drawn.named("new").first?.fill.hasPrefix("hsl(5,") == true)
    #expect(drawn.named("work").first?.fill.hasPrefix("hsl(5,") == true)
  }

  @Test("of profiles that count other things is refused")
  func refusal() {
    #expect(throws: ProfilingError.differentMeasures([Self.measure], [.allocatedBytes])) {
      _ = try DifferentialFlamegraph(
        before: StackProfile(measures: [Self.measure]), named: "a", after: StackProfile(measures: [.allocatedBytes]),
        named: "b", measure: Self.measure, title: "")
    }
  }
}
