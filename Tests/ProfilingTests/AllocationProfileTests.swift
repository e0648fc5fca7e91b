// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing
import Trace

@testable import Profiling

@Suite struct AllocationProfileTests {
  /// Packs events with two stacks, 1 and 2 called by it, and profiles them.
  private func profile(
    _ events: [Event], kind: StackRecording.Kind = .all, interval: UInt64 = 0, shortLifetimeNanoseconds: UInt64 = 1000
  ) throws -> AllocationProfile {
    let folder = TemporaryFolder()
    let path = folder.path + "/trace"
    var metadata = TraceMetadata()
    metadata.commandLine = ["program"]
    metadata.stackRecording = StackRecording(
      kind: kind, method: .framePointers, depth: 64, intervalByteCount: interval)
    var stacks = StackTable()
    stacks.append(address: 0x1001, caller: 0)
    stacks.append(address: 0x2001, caller: 1)
    let writer = try PackedTraceWriter(path: path, metadata: metadata, stacks: stacks, tickShift: 0)
    let placement = Placement(into: writer)
    try placement.receive(events)
    try writer.finish(summary: placement.finish())
    return try AllocationProfile(tracePath: path, shortLifetimeNanoseconds: shortLifetimeNanoseconds)
  }

  private func values(_ profile: AllocationProfile, _ stack: UInt32) throws -> AllocationValues {
    try #require(profile.valuesByStack.first { $0.stack == stack }).values
  }

  // Live bytes of stacks 1 and 2 after each event.
  private let events = [
    Event(.malloc, thread: 0, block: 1, size: 100, nanoseconds: 0, stack: 1),  // 100, 0
    Event(.malloc, thread: 0, block: 2, size: 50, nanoseconds: 10, stack: 2),  // 100, 50
    Event(.free, thread: 0, block: 1, nanoseconds: 500),  // 0, 50
    Event(.malloc, thread: 0, block: 3, size: 70, nanoseconds: 600, stack: 2),  // 0, 120
    Event(.malloc, thread: 0, block: 4, size: 60, nanoseconds: 700, stack: 1),  // 60, 120: the peak
    Event(.realloc, thread: 0, block: 5, formerBlock: 4, size: 20, nanoseconds: 2700, stack: 2),  // 0, 140
    Event(.free, thread: 0, block: 2, nanoseconds: 3000),  // 0, 90
    Event(.malloc, thread: 0, block: 6, size: 90, nanoseconds: 3100, stack: 1),  // 90, 90: as much, but later
    Event(.free, thread: 0, block: 6, nanoseconds: 4100),  // 0, 90
  ]

  @Test("what each stack allocated, had at the peak, left and soon gave back is told")
  func exact() throws {
    let profile = try profile(events)
    let first = try values(profile, 1)
    #expect(first.allocatedBytes == 250 && first.allocatedBlocks == 3)
    #expect(first.peakBytes == 60 && first.peakBlocks == 1)
    #expect(first.leakedBytes == 0 && first.leakedBlocks == 0)
    #expect(first.shortLivedBytes == 100 && first.shortLivedBlocks == 1)
    #expect(first.lifetimeNanoseconds == 500 + 2000 + 1000)
    #expect(first.ownPeakBytes == 100 && first.ownPeakBlocks == 1)
    let second = try values(profile, 2)
    #expect(second.allocatedBytes == 140 && second.allocatedBlocks == 3)
    #expect(second.peakBytes == 120 && second.peakBlocks == 2)
    #expect(second.leakedBytes == 90 && second.leakedBlocks == 2)
    #expect(second.shortLivedBlocks == 0)
    // 2990 of the block that was freed; the others count to the last event.
    #expect(second.lifetimeNanoseconds == 2990 + 3500 + 1400)
    #expect(second.ownPeakBytes == 140 && second.ownPeakBlocks == 3)
    #expect(profile.totals.peakByteCount == 180 && profile.totals.peakBlockCount == 3)
    #expect(profile.totals.peakNanoseconds == 700)
    #expect(profile.totals.leakedByteCount == 90 && profile.totals.allocatedByteCount == 390)
  }

  @Test("sums over stacks are what was counted over all events", arguments: 1...12 as ClosedRange<UInt64>)
  func conservation(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var generator = RandomEvents()
    generator.threadCount = 3
    generator.eventCount = 3000
    generator.hasMistakes = seed % 2 == 0
    let events = generator.make(seed: seed).map { event in
      var event = event
      if event.kind.isAllocation { event.stack = UInt32.random(in: 0...2, using: &random) }
      return event
    }
    let profile = try profile(events)
    let values = profile.valuesByStack.map(\.values)
    let totals = profile.totals
    #expect(values.reduce(0) { $0 + $1.allocatedBytes } == Double(totals.allocatedByteCount), "seed \(seed)")
    #expect(values.reduce(0) { $0 + $1.allocatedBlocks } == Double(totals.allocatedBlockCount), "seed \(seed)")
    #expect(values.reduce(0) { $0 + $1.peakBytes } == Double(totals.peakByteCount), "seed \(seed)")
    #expect(values.reduce(0) { $0 + $1.peakBlocks } == Double(totals.peakBlockCount), "seed \(seed)")
    #expect(values.reduce(0) { $0 + $1.leakedBytes } == Double(totals.leakedByteCount), "seed \(seed)")
    #expect(values.reduce(0) { $0 + $1.leakedBlocks } == Double(totals.leakedBlockCount), "seed \(seed)")
  }

  @Test("of a sample, a block with a stack stands for its weight, and one without for nothing")
  func sampled() throws {
    let events = [
      Event(.malloc, thread: 0, block: 1, size: 1000, nanoseconds: 0, stack: 1),
      Event(.malloc, thread: 0, block: 2, size: 1000, nanoseconds: 10),
      Event(.malloc, thread: 0, block: 3, size: 10, nanoseconds: 20, stack: 2),
      Event(.free, thread: 0, block: 3, nanoseconds: 30),
    ]
    let profile = try profile(events, kind: .sampled, interval: 1000)
    #expect(profile.valuesByStack.map(\.stack) == [1, 2])
    let first = try values(profile, 1)
    #expect(abs(first.allocatedBlocks - 1.581_976_7) < 1e-6 && abs(first.leakedBytes - 1581.976_7) < 1e-3)
    let second = try values(profile, 2)
    #expect(abs(second.shortLivedBlocks - 100.500_833) < 1e-5 && abs(second.leakedBytes) < 1e-9)
    #expect(profile.totals.allocatedBlockCount == 3 && profile.totals.leakedByteCount == 2000)
  }

  @Test("the profile of stacks has a node for each call, and the values are at the innermost")
  func stackProfile() throws {
    let allocations = try profile(events)
    let profile = allocations.stackProfile { address, module in
      #expect(module == nil)
      return address == 0x1000
        ? [StackFrame(function: "main")] : [StackFrame(function: "f"), StackFrame(function: "g")]
    }
    #expect(profile.measures == AllocationProfile.measures)
    let output = ProfileOutput()
    FoldedStacks.write(profile, measures: [0, 2, 4, 6], to: output)
    #expect(try String(decoding: output.finish(), as: UTF8.self) == "main 250 60 0 100\nmain;f;g 140 120 90 0\n")
    #expect(profile.peakNanoseconds == 700 && profile.shortLifetimeNanoseconds == 1000)
    #expect(profile.title == "program")
  }

  @Test("a trace without stacks is refused by name")
  func withoutStacks() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/trace"
    let writer = try PackedTraceWriter(path: path, metadata: TraceMetadata())
    try writer.finish(summary: EventSummary())
    #expect(throws: ProfilingError.traceWithoutStacks(path: path)) { try AllocationProfile(tracePath: path) }
  }

  @Test("a recorded program's functions have their names, with the recursion that there was")
  func recorded() throws {
    let folder = TemporaryFolder()
    let source = """
      #include <stdlib.h>
      static void *volatile kept;
      __attribute__((noinline)) static void keep_some(void) { kept = malloc(1000); kept = malloc(3000); }
      __attribute__((noinline)) static int deeper(int n) { if (n) return deeper(n - 1) + (kept != 0); keep_some(); return 0; }
      int main(void) { for (int i = 0; i < 100; i++) { void *b = malloc(50); kept = b; free(b); } return deeper(3) == 9; }
      """
    let commands = """
      cd '\(folder.path)' && cat > p.c <<'END'
      \(source)
      END
      $(command -v clang || command -v cc) -O1 -fno-builtin -fno-optimize-sibling-calls -fno-omit-frame-pointer -o p p.c &&
      ACERECORD_STACKS=fp ACERECORD_OUTPUT='\(folder.path)/trace' LD_PRELOAD='\(Products.path("libacerecord.so"))' ./p
      """
    #expect(CompiledProgram.shell(commands).status == 0)
    let allocations = try AllocationProfile(tracePath: folder.path + "/trace")
    let output = ProfileOutput()
    FoldedStacks.write(allocations.stackProfile(), measures: [1, 4], to: output)
    let lines = try String(decoding: output.finish(), as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.hasSuffix("main;deeper;deeper;deeper;deeper;keep_some 2 4000") }, "\(lines)")
    #expect(lines.contains { $0.hasSuffix("main 100 0") }, "\(lines)")
  }
}
