// SPDX-License-Identifier: MIT

import Testing

@testable import Profiling

@Suite("A flamegraph")
struct FlamegraphTests {
  private static let drawnWidth = 1180.0

  @Test("draws each function as wide as it and what it calls took", arguments: 1...5 as ClosedRange<UInt64>)
  func widths(seed: UInt64) throws {
    let random = RandomProfile(seed: seed)
    let drawn = try Self.drawn(random.profile)
    let totals = random.profile.totals()
    let widths = drawn.frames.map(\.width).sorted()
    let expected = totals.map { Double($0) / Double(totals[0]) * Self.drawnWidth }.filter { $0 >= 0.1 }.sorted()
    #expect(widths.count == expected.count)
    #expect(zip(widths, expected).allSatisfy { abs($0 - $1) < 0.001 })
    #expect(drawn.frames[0].name == "all")
    #expect(drawn.frames[0].width == Self.drawnWidth)
  }

  @Test("stands every function on its caller, and none in another's place", arguments: 1...5 as ClosedRange<UInt64>)
  func places(seed: UInt64) throws {
    let drawn = try Self.drawn(RandomProfile(seed: seed).profile).frames
    for (index, frame) in drawn.enumerated().dropFirst() {
      #expect(
        drawn.contains { caller in
          caller.y == frame.y + 16 && caller.x <= frame.x + 0.01
            && caller.x + caller.width >= frame.x + frame.width - 0.01
        })
      for other in drawn[(index + 1)...] where other.y == frame.y {
        #expect(other.x >= frame.x + frame.width - 0.01 || frame.x >= other.x + other.width - 0.01)
      }
    }
  }

  @Test("is well-formed whatever the names are, and shows them as they are", arguments: 1...5 as ClosedRange<UInt64>)
  func oddNames(seed: UInt64) throws {
    let random = RandomProfile(seed: seed, odd: true)
    let drawn = try Self.drawn(random.profile)
    #expect(drawn.frames.contains { $0.name.hasPrefix("operator<") })
    #expect(drawn.frames.contains { $0.name.hasPrefix("a & b\"c'") })
    #expect(drawn.frames.contains { $0.name.hasPrefix("]]></script>") })
  }

  @Test("labels what is wide enough, and cuts names that are not")
  func labels() throws {
    var profile = StackProfile(measures: [.allocatedBytes])
    let long = String(repeating: "name", count: 50)
    let frames = [long, "short", "w"].map { profile.index(of: StackFrame(function: $0)) }
    profile.add(stack: [frames[0]], values: [500])
    profile.add(stack: [frames[1]], values: [499])
    profile.add(stack: [frames[2]], values: [1])
    let drawn = try Self.drawn(profile)
    #expect(drawn.named("short").map(\.label) == ["short"])
    #expect(drawn.named("w").map(\.label) == [""])
    let label = try #require(drawn.named(long).first).label
    #expect(label.hasSuffix("…") && label.count == Int((590.0 - 6) / 6.6))
  }

  @Test("leaves out what is narrower than a tenth of a pixel, and keeps its room in the caller")
  func narrow() throws {
    var profile = StackProfile(measures: [.allocatedBytes])
    let frames = ["main", "a", "b", "z"].map { profile.index(of: StackFrame(function: $0)) }
    profile.add(stack: [frames[0], frames[1]], values: [1])
    profile.add(stack: [frames[0], frames[2], frames[3]], values: [1])
    profile.add(stack: [frames[0], frames[3]], values: [99_998])
    let drawn = try Self.drawn(profile)
    #expect(drawn.frames.map(\.name) == ["all", "main", "z"])
    let last = try #require(drawn.frames.last)
    #expect(last.x == 10 && abs(last.width - 1180 * 0.99998) < 0.002)
    #expect(drawn.frames[1].width == Self.drawnWidth)
  }

  @Test("gives a name one colour everywhere, the kernel's another, and memory greens")
  func colors() throws {
    var profile = StackProfile(measures: [.allocatedBytes, ProfileMeasure(name: "cycles", unit: .count)])
    let user = profile.index(of: StackFrame(function: "read"))
    let kernel = profile.index(of: StackFrame(function: "read", origin: .kernel))
    let nameless = profile.index(
      of: StackFrame(function: "libc.so.6+0x123", module: ProfileModule(path: "/lib/libc.so.6")))
    for stack in [[user], [kernel], [nameless], [nameless, user]] { profile.add(stack: stack, values: [5, 5]) }
    let cycles = try Self.drawn(profile, measure: 1)
    let fills = Set(cycles.named("read").map(\.fill))
    #expect(fills.count == 2)
    #expect(fills.contains { Self.hue($0) >= 195 } && fills.contains { Self.hue($0) <= 52 })
    #expect(cycles.named("libc.so.6+0x123").allSatisfy { $0.fill.hasPrefix("hsl(0,0%") })
    let bytes = try Self.drawn(profile)
    #expect(bytes.named("read").contains { (85...155).contains(Self.hue($0.fill)) })
    #expect(try Self.drawn(profile, measure: 1).frames == cycles.frames)
  }

  @Test("of nothing is an empty picture")
  func nothing() throws {
    let drawn = try Self.drawn(StackProfile(measures: [.allocatedBytes]))
    #expect(drawn.frames.map(\.name) == ["all"])
    #expect(drawn.frames[0].tooltip == ["0 B, 0.00 %"])
  }

  @Test("says how much in which function, and of it in itself")
  func tooltips() throws {
    var profile = StackProfile(measures: [.allocatedBytes])
    let main = profile.index(of: StackFrame(function: "main", module: ProfileModule(path: "/bin/sqlite3")))
    let read = profile.index(of: StackFrame(function: "read", isInlined: true))
    profile.add(stack: [main, read], values: [3072])
    profile.add(stack: [main], values: [1024])
    let drawn = try Self.drawn(profile)
    #expect(drawn.named("main").first?.tooltip == ["/bin/sqlite3", "4.00 KiB, 100.0 %, of it 1.00 KiB by itself"])
    #expect(drawn.named("read").first?.tooltip == ["unknown module, inlined", "3.00 KiB, 75.0 %"])
  }

  private static func hue(_ fill: String) -> Int { Int(fill.dropFirst(4).prefix { $0 != "," }) ?? -1 }

  static func drawn(_ profile: StackProfile, measure: Int = 0) throws -> DrawnFrames {
    let output = ProfileOutput()
    Flamegraph(profile, measure: measure).write(to: output)
    return try DrawnFrames(try output.finish())
  }
}
