// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing
import Trace

@Suite(.enabled(if: KnownStacks.hasUnwinder, "libunwind is not installed")) struct RecordedStacksTests {
  private func record(_ way: KnownStacks.Way, _ arguments: String, settings: [String] = []) -> RecordedProgram {
    RecordedProgram("\(way.program) \(arguments)", settings: ["ACERECORD_STACKS=\(way.method)"] + settings)
  }

  /// Compares every marked allocation with what its size says of its stack, in which the recorder is not; how many there were.
  private func check(_ stacks: KnownStacks, through function: String, under caller: String) -> Int {
    var wrongCount = 0
    for event in stacks.marked {
      let expected = KnownStacks.functions(ofSize: event.size, through: function) + [caller]
      let found = Array(stacks.functions(of: event.stack).prefix(expected.count))
      if found != expected {
        wrongCount += 1
        if wrongCount == 1 { #expect(found == expected) }
      }
    }
    #expect(wrongCount == 0)
    let places = stacks.marked.compactMap { stacks.reader.stacks.module(of: $0.stack)?.path }
    #expect(places.count == stacks.marked.count && !places.contains { $0.contains("libacerecord") })
    return stacks.marked.count
  }

  @Test("every stack of a program that goes up and down is the one it had", arguments: KnownStacks.Way.all)
  func wander(way: KnownStacks.Way) throws {
    let program = record(way, "wander")
    #expect(program.status == 0)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    #expect(check(stacks, through: "recurse", under: "wander") > 3000)
    #expect(stacks.marked.allSatisfy { stacks.mark(of: $0.stack) == 0 })
    let recording = try #require(stacks.reader.metadata.stackRecording)
    #expect(recording.kind == .all)
    #expect(recording.method == (way.method == "fp" ? .framePointers : .unwinding))
    #expect(recording.remarks.isEmpty)
    #expect((recording.unwoundCount > 0) == (way.method == "unwind"))
    #expect(try Replayed(stacks.events).summary.unmatchedFreeCount == 0)
  }

  @Test(
    "of a deep stack the innermost frames are kept, and it is marked", arguments: KnownStacks.Way.all, [16, 32, 64])
  func depth(way: KnownStacks.Way, limit: Int) throws {
    let program = record(way, "descend 100", settings: ["ACERECORD_STACK_DEPTH=\(limit)"])
    #expect(program.status == 0)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    #expect(stacks.marked.count == 68)
    for event in stacks.marked {
      let whole = KnownStacks.functions(ofSize: event.size, through: "descend") + ["main"]
      let found = stacks.functions(of: event.stack)
      #expect(Array(found.prefix(whole.count)) == Array(whole.prefix(limit)))
      #expect(stacks.reader.stacks.returnAddresses(of: event.stack).count <= limit)
      if whole.count > limit { #expect(stacks.mark(of: event.stack) == StackTable.truncatedAddress) }
      if whole.count < limit - 8 { #expect(stacks.mark(of: event.stack) == 0) }
    }
  }

  @Test("threads that allocate at once have their own stacks", arguments: KnownStacks.Way.all)
  func threads(way: KnownStacks.Way) throws {
    let program = record(way, "threads")
    #expect(program.status == 0)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    #expect(check(stacks, through: "recurse", under: "wander") > 8000)
    #expect(Set(stacks.marked.map(\.thread)).count == 4)
    #expect(stacks.reader.metadata.conflictCount == 0)
  }

  @Test("the stacks of a program that was killed are all there", arguments: KnownStacks.Way.all)
  func killed(way: KnownStacks.Way) throws {
    let program = record(way, "killed")
    #expect(program.status & 0x7f == 9)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    #expect(check(stacks, through: "recurse", under: "wander") > 3000)
  }

  @Test("a forked child's stacks are in its own trace", arguments: KnownStacks.Way.all)
  func fork(way: KnownStacks.Way) throws {
    let program = record(way, "fork", settings: ["ACERECORD_FOLLOW=fork"])
    #expect(program.status == 0)
    let child = try #require(program.traces.first { $0 != "trace" })
    let stacks = try KnownStacks("\(program.folder)/\(child)", program: way.program)
    #expect(check(stacks, through: "recurse", under: "wander") > 300)
    #expect(stacks.reader.metadata.stackRecording?.method == (way.method == "fp" ? .framePointers : .unwinding))
  }

  @Test("a library that was opened later is known by its name", arguments: KnownStacks.Way.all, [false, true])
  func library(way: KnownStacks.Way, isKilled: Bool) throws {
    let program = record(way, "library\(isKilled ? "-killed" : "") '\(KnownStacks.plugin)'")
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    let event = try #require(stacks.events.first { $0.size == 30_001 })
    let module = try #require(stacks.reader.stacks.module(of: event.stack))
    #expect(module.path == KnownStacks.plugin)
    #expect(module.addresses.contains(stacks.reader.stacks.returnAddress(of: event.stack) - 1))
  }

  @Test("after a library was unloaded, stacks are taken by frame pointers, and the trace says so")
  func unloaded() throws {
    let way = KnownStacks.Way(method: "unwind", hasFramePointers: true)
    let program = record(way, "library-closed '\(KnownStacks.plugin)'")
    #expect(program.status == 0)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    #expect(stacks.reader.metadata.stackRecording?.remarks.contains { $0.contains("was unloaded") } == true)
    #expect(stacks.marked.count == 200)
    for event in stacks.marked {
      #expect(stacks.functions(of: event.stack).prefix(2) == ["site_zero", "with_library"])
    }
  }

  @Test("a sample of stacks is unwound even after a library was unloaded")
  func unloadedSampled() throws {
    let way = KnownStacks.Way(method: "sampled", hasFramePointers: false)
    let program = record(
      way, "library-closed '\(KnownStacks.plugin)'", settings: ["ACERECORD_STACK_INTERVAL=1"])
    #expect(program.status == 0)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    #expect(stacks.reader.metadata.stackRecording?.method == .unwinding)
    #expect(stacks.reader.metadata.stackRecording?.remarks == [])
    #expect(stacks.marked.count == 200)
    let taken = stacks.marked.filter { $0.stack != 0 }
    #expect(taken.count > 190)
    for event in taken {
      #expect(stacks.functions(of: event.stack).prefix(3) == ["site_zero", "with_library", "main"])
    }
  }

  @Test(
    "without libunwind, stacks are taken by frame pointers, and the trace says so", arguments: ["unwind", "sampled"])
  func withoutUnwinder(method: String) throws {
    let way = KnownStacks.Way(method: method, hasFramePointers: true)
    let program = record(
      way, "wander", settings: ["ACERECORD_UNWINDER=/nowhere/libunwind.so.8", "ACERECORD_STACK_INTERVAL=1"])
    #expect(program.status == 0)
    #expect(program.output.isEmpty)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    let recording = try #require(stacks.reader.metadata.stackRecording)
    #expect(recording.method == .framePointers)
    #expect(recording.remarks.contains { $0.contains("libunwind could not be opened") })
    #expect(check(stacks, through: "recurse", under: "wander") > 3000)
  }

  @Test("a sample of stacks stands for all allocations without bias, whatever their sizes")
  func sampled() throws {
    let way = KnownStacks.Way(method: "sampled", hasFramePointers: false)
    let program = record(way, "mixed", settings: ["ACERECORD_STACK_INTERVAL=65536"])
    #expect(program.status == 0)
    let stacks = try KnownStacks("\(program.folder)/trace", program: way.program)
    let recording = try #require(stacks.reader.metadata.stackRecording)
    #expect(recording.kind == .sampled && recording.intervalByteCount == 65_536)
    #expect(stacks.events.count { $0.size == 101 } == 400_000)
    // 616 and 526 samples are expected, whose deviations are 25 and 20; six of them.
    for (size, blockCount, function, tolerance) in [
      (101, 400_000, "allocate_small", 0.25), (20_003, 2000, "allocate_large", 0.24),
    ] {
      let taken = stacks.events.filter { $0.size == UInt64(size) && $0.stack != 0 }
      #expect(taken.allSatisfy { stacks.functions(of: $0.stack).first == function })
      let estimate = taken.reduce(0) { $0 + recording.weight(ofSize: $1.size) } / Double(blockCount)
      #expect(abs(estimate - 1) < tolerance, "\(function): \(estimate)")
    }
  }

  @Test("threads by the thousand leave their memory to one another", arguments: ["fp", "unwind"])
  func churn(method: String) throws {
    let program = RecordedProgram("\(RecordedProgram.calls) churn", settings: ["ACERECORD_STACKS=\(method)"])
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    #expect(events.count { $0.size == 7001 && $0.stack != 0 } == 2000)
    #expect(metadata.unendedThreadCount == 0)
    // Nodes and modules have a chunk each.
    #expect(program.byteCount() < 2 << 20)
  }

  @Test(
    "nothing waits for ever when blocks are allocated while the loader is busy, nor in children forked then",
    arguments: ["fp", "unwind", "sampled"], ["none", "fork"])
  func loader(method: String, follow: String) throws {
    let program = RecordedProgram(
      "\(KnownStacks.loader) '\(KnownStacks.plugin)'",
      settings: ["ACERECORD_STACKS=\(method)", "ACERECORD_STACK_INTERVAL=1000", "ACERECORD_FOLLOW=\(follow)"])
    #expect(program.status == 0)
    let children = program.traces.filter { $0 != "trace" }
    #expect(children.count == (follow == "fork" ? 20 : 0))
    for name in children {
      let (events, metadata) = try program.read(name)
      #expect(events.contains { $0.kind.isAllocation && $0.stack != 0 })
      #expect(metadata.stackRecording?.method == .framePointers)
      let isSaid = metadata.stackRecording?.remarks.contains { $0.contains("several threads") } == true
      #expect(isSaid == (method != "fp"))
    }
  }

  @Test(
    "a real program does what it does without stacks",
    arguments: ["fp", "unwind", "sampled"],
    [
      "/usr/bin/python3 -c 'import threading, json; print(sum(len(json.dumps(str(i))) for i in range(20000)))'",
      "sort /etc/passwd",
    ])
  func realProgram(method: String, command: String) throws {
    let bare = RecordedProgram.shell(command)
    let program = RecordedProgram(
      command, settings: ["ACERECORD_STACKS=\(method)", "ACERECORD_STACK_INTERVAL=1000"])
    #expect(program.status == bare.status)
    #expect(program.output == bare.output)
    let (events, metadata) = try program.read()
    #expect(metadata.conflictCount == 0)
    let allocations = events.filter(\.kind.isAllocation)
    if method != "sampled" { #expect(allocations.allSatisfy { $0.stack != 0 }) }
    #expect(allocations.contains { $0.stack != 0 })
  }
}
