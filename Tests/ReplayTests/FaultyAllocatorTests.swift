// SPDX-License-Identifier: MIT

import Allocators
import Events
import TestSupport
import Testing

@Suite("A faulty allocator is told by its fault")
struct FaultyAllocatorTests {
  /// Every kind of call, with two hundred blocks live at once.
  private func program() throws -> ReplayProgram {
    var events: [Event] = []
    for block in 1...200 as ClosedRange<UInt64> { events.append(Event(.malloc, thread: 0, block: block, size: 48)) }
    for block in 201...220 as ClosedRange<UInt64> { events.append(Event(.calloc, thread: 0, block: block, size: 48)) }
    for block in 1...100 as ClosedRange<UInt64> {
      events.append(Event(.realloc, thread: 0, block: block, formerBlock: block, size: 480))
    }
    events.append(Event(.aligned, thread: 0, block: 300, size: 4096, alignmentShift: 12))
    for block in (1...220 as ClosedRange<UInt64>).reversed() { events.append(Event(.free, thread: 0, block: block)) }
    return try ReplayProgram(events)
  }

  @Test(
    "in the check pass",
    arguments: [
      ("exhausted", 71, "out-of-memory"), ("misaligned", 70, "misaligned"), ("overlapping", 70, "overlapping"),
      ("small", 70, "too-small"), ("dirty", 70, "not-zeroed"), ("forgetful", 70, "contents-changed"),
      ("scribbling", 70, "contents-changed"), ("incomplete", 69, "missing-symbol"), ("forwarding", 69, "unserved"),
    ] as [(String, Int32, String)])
  func faults(name: String, exitCode: Int32, failure: String) throws {
    let library = try TestLibrary(name)
    let run = try WorkerRun(try program(), ["--library", library.path, "--pass", "check"])
    #expect(run.ending.exitCode == exitCode)
    #expect(run.reply.text("failure") == failure)
    #expect(run.count("operations_count") == nil)
  }

  @Test("in the check pass, in blocks that are never freed too")
  func faultInLeftover() throws {
    let library = try TestLibrary("scribbling")
    let program = try ReplayProgram([
      Event(.malloc, thread: 0, block: 1, size: 48), Event(.malloc, thread: 0, block: 2, size: 48),
      Event(.free, thread: 0, block: 1),
    ])
    let run = try WorkerRun(program, ["--library", library.path, "--pass", "check"])
    #expect(run.ending.exitCode == 70)
    #expect(run.reply.text("failure") == "contents-changed")
  }

  @Test("when it has none, there is none", arguments: ["check", "time", "memory", "latency"])
  func sound(pass: String) throws {
    let library = try TestLibrary("sound")
    let program = try program()
    let run = try WorkerRun(program, ["--library", library.path, "--pass", pass])
    #expect(run.ending.exitCode == 0, "\(run.reply.text("failure") ?? "no failure told")")
    #expect(run.count("operations_count") == program.summary.operationCount)
    #expect(run.reply.text("served_by") == library.path)
  }

  @Test("one that returns NULL ends every pass", arguments: ["time", "memory", "latency", "check"])
  func exhausted(pass: String) throws {
    let library = try TestLibrary("exhausted")
    let run = try WorkerRun(try program(), ["--library", library.path, "--pass", pass])
    #expect(run.ending.exitCode == 71)
    #expect(run.reply.text("failure") == "out-of-memory")
    #expect(run.count("byte_count") == 48)
    #expect(run.count("thread") == 0)
  }

  @Test("one that crashes, by its signal")
  func crashing() throws {
    let library = try TestLibrary("crashing")
    let run = try WorkerRun(try program(), ["--library", library.path])
    #expect(run.ending.signal == 11)
    #expect(run.ending.exitCode == nil)
  }

  @Test("one that hangs, by the time limit")
  func hanging() throws {
    let library = try TestLibrary("hanging")
    let run = try WorkerRun(try program(), ["--library", library.path], timeLimitSeconds: 1)
    #expect(run.ending.timedOut)
    #expect(run.ending.signal == 9)
  }

  @Test("one that lacks a function names it")
  func incomplete() throws {
    let library = try TestLibrary("incomplete")
    let run = try WorkerRun(["--library", library.path, "--probe"])
    #expect(run.reply.text("detail") == "realloc")
  }

  @Test("a library that does not exist")
  func missing() throws {
    let run = try WorkerRun(["--library", "/nowhere/liballocator.so", "--probe"])
    #expect(run.ending.exitCode == 69)
    #expect(run.reply.text("failure") == "not-loadable")
  }

  @Test("names behind a prefix are found with it, and not without")
  func prefix() throws {
    let library = try TestLibrary("prefixed")
    let program = try program()
    let named = try WorkerRun(program, ["--library", library.path, "--prefix", "own_", "--pass", "check"])
    #expect(named.ending.exitCode == 0)
    #expect(named.count("operations_count") == program.summary.operationCount)
    let unnamed = try WorkerRun(program, ["--library", library.path])
    #expect(unnamed.ending.exitCode == 69)
  }

  @Test("mimalloc, where it is installed, goes by either of its names", arguments: ["", "mi_"])
  func mimalloc(prefix: String) throws {
    guard let path = try? AllocatorCatalog.allocator(describedBy: "mimalloc").libraryPath else { return }
    let run = try WorkerRun(try program(), ["--library", path, "--prefix", prefix, "--pass", "check"])
    #expect(run.ending.exitCode == 0)
    #expect(run.reply.text("served_by") == path)
  }

  @Test("the C library itself, opened by its path, is unserved: it serves the harness too")
  func systemByPath() throws {
    let path = try #require(try WorkerRun(["--allocator", "process", "--probe"]).reply.text("served_by"))
    let run = try WorkerRun(["--library", path, "--probe"])
    #expect(run.ending.exitCode == 69)
    #expect(run.reply.text("failure") == "unserved")
    #expect(run.reply.text("detail") == "the C library's malloc")
  }

  @Test("a preload that did not take is unserved")
  func preloadMissing() throws {
    let library = try TestLibrary("sound")
    let run = try WorkerRun(["--allocator", "process", "--preloaded", library.path, "--probe"])
    #expect(run.ending.exitCode == 69)
    #expect(run.reply.text("failure") == "unserved")
  }

  @Test("what is no program is refused", arguments: [["--program", "/dev/null"], ["--program", "/nowhere"]])
  func noProgram(arguments: [String]) throws {
    let run = try WorkerRun(arguments)
    #expect(run.ending.exitCode == 70)
    #expect(run.reply.text("failure") == "replay")
  }

  @Test(
    "wrong options are refused",
    arguments: [
      [], ["--program"], ["--colour", "red"], ["--repeat", "many"], ["--pass", "none"], ["--prefix", "x"],
    ])
  func usage(arguments: [String]) throws {
    let run = try WorkerRun(arguments)
    #expect(run.ending.exitCode == 64)
    #expect(run.reply.text("failure") == "usage")
  }
}
