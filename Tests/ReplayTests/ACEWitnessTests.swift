// SPDX-License-Identifier: MIT

import Allocators
import Results
import TestSupport
import Testing

@Suite("ACE is measured only when its counters say that it worked")
struct ACEWitnessTests {
  @Test("its counters are told with the figures, in every pass", arguments: ["time", "memory", "latency", "check"])
  func told(pass: String) throws {
    let library = try TestLibrary("telling")
    let run = try WorkerRun(
      try ReplayProgram.batches(10), ["--library", library.path, "--ace", "--pass", pass])
    #expect(run.ending.exitCode == 0, "\(run.reply.text("detail") ?? "no failure told")")
    let figures = try #require(run.reply.aceFigures)
    #expect(Set(figures.process.keys) == Set(ACEStatistics.fieldNames))
    #expect((figures.process["refill_count"] ?? 0) > 0)
    #expect(figures.process["foreign_free_count"] == 77)
    #expect(figures.sizeClasses.map { $0["size_class"] } == (pass == "memory" ? [1, 2, 3] : []))
    for figures in figures.sizeClasses {
      #expect(Set(figures.keys) == Set(["size_class"] + ACEClassStatistics.fieldNames))
      #expect(figures["block_byte_count"] == figures["size_class"].map { 16 * $0 })
    }
  }

  @Test(
    "a run in which they stood still is none, whatever the library is called",
    arguments: ["time", "memory", "latency", "check"], [[], ["--ace"]])
  func still(pass: String, name: [String]) throws {
    let library = try TestLibrary("telling", options: ["-DSTILL"])
    let run = try WorkerRun(try ReplayProgram.batches(10), ["--library", library.path, "--pass", pass] + name)
    #expect(run.ending.exitCode == 69)
    #expect(run.reply.text("failure") == "unserved")
    #expect(run.reply.text("detail") == "another allocator: no counter of ACE's work moved")
    #expect(run.count("elapsed_ns") == nil)
    #expect(run.reply.timeline.isEmpty)
  }

  @Test("a run without operations needs none", arguments: ["time", "memory"])
  func empty(pass: String) throws {
    let library = try TestLibrary("telling", options: ["-DSTILL"])
    let run = try WorkerRun(try ReplayProgram([]), ["--library", library.path, "--ace", "--pass", pass])
    #expect(run.ending.exitCode == 0)
    #expect(run.reply.aceFigures?.process["refill_count"] == 1000)
  }

  @Test("warm-ups count: what they leave may be all that the measured operations need")
  func warmUp() throws {
    let library = try TestLibrary("telling")
    let run = try WorkerRun(
      try ReplayProgram.batches(1), ["--library", library.path, "--ace", "--warmup", "2", "--repeat", "2"])
    #expect(run.ending.exitCode == 0)
    #expect(run.reply.aceFigures != nil)
  }

  @Test("a preloaded library has counted from the start of its process")
  func preloaded() throws {
    let library = try TestLibrary("telling", options: ["-DSTILL"])
    let run = try WorkerRun(
      try ReplayProgram.batches(10), ["--allocator", "process", "--preloaded", library.path, "--ace"],
      environment: ["LD_PRELOAD=" + library.path])
    #expect(run.ending.exitCode == 0, "\(run.reply.text("detail") ?? "no failure told")")
    #expect(run.reply.aceFigures?.process["refill_count"] == 1000)
  }

  @Test("of an older library, the fields that it knows are told")
  func older() throws {
    let library = try TestLibrary("telling", options: ["-DOLDER"])
    let run = try WorkerRun(try ReplayProgram.batches(10), ["--library", library.path, "--ace"])
    #expect(run.ending.exitCode == 0)
    let names = ACEStatistics.fieldNames
    let known = names.prefix(through: try #require(names.firstIndex(of: "refill_count")))
    #expect(Set(try #require(run.reply.aceFigures).process.keys) == Set(known))
  }

  @Test(
    "a library called ACE that tells no counters is refused, and one called otherwise is not",
    arguments: [("sound", []), ("telling", ["-DREFUSING"])])
  func noStatistics(name: String, options: [String]) throws {
    let library = try TestLibrary(name, options: options)
    let run = try WorkerRun(try ReplayProgram.batches(10), ["--library", library.path, "--ace"])
    #expect(run.ending.exitCode == 69)
    #expect(run.reply.text("failure") == "no-statistics")
    #expect(
      run.reply.text("detail") == "\(library.path) does not answer ace_get_statistics, as every build of ACE does")
    guard name == "sound" else { return }
    let other = try WorkerRun(try ReplayProgram.batches(10), ["--library", library.path])
    #expect(other.ending.exitCode == 0)
    #expect(other.reply.aceFigures == nil)
  }

  @Test("counters of a library that does not serve are not its neighbour's")
  func neighbour() throws {
    let telling = try TestLibrary("telling")
    let sound = try TestLibrary("sound")
    let run = try WorkerRun(
      try ReplayProgram.batches(10), ["--library", sound.path], environment: ["LD_PRELOAD=" + telling.path])
    #expect(run.ending.exitCode == 0)
    #expect(run.reply.aceFigures == nil)
  }

  @Test("reading them after the run moves no memory figure")
  func memoryFigures() throws {
    let library = try TestLibrary("telling", options: ["-DHEAVY"])
    let run = try WorkerRun(
      try ReplayProgram.batches(3), ["--library", library.path, "--ace", "--pass", "memory", "--drain", "10"])
    #expect(run.reply.aceFigures?.process["metadata"] == 2, "the counters are read before the run and after it")
    for name in ["rss_peak_bytes", "rss_end_bytes", "rss_drained_10ms_bytes", "rss_at_live_peak_bytes"] {
      let byteCount = try #require(run.count(name))
      #expect(byteCount < 16 << 20, "\(name)")
    }
  }

  @Test(
    "ACE itself, in each of its builds, is witnessed, and its classes add up to the whole",
    arguments: [("libace.so", 0), ("libace-table.so", 1), ("libace-header.so", 2)] as [(String, UInt64)])
  func itself(library: String, metadata: UInt64) throws {
    let path = Products.path(library)
    let program = try ReplayProgram.random(seed: 7, threadCount: 4, eventCount: 20_000)
    let run = try WorkerRun(program, ["--library", path, "--ace", "--pass", "memory"])
    #expect(run.ending.exitCode == 0, "\(run.reply.text("detail") ?? "no failure told")")
    let figures = try #require(run.reply.aceFigures)
    #expect(figures.process["metadata"] == metadata)
    #expect(figures.process["byte_count"] == UInt64(8 * ACEStatistics.fieldNames.count))
    for name in ["refill_count", "refilled_block_count", "carved_block_count"] {
      let sum = figures.sizeClasses.reduce(0) { $0 + ($1[name] ?? 0) }
      #expect(sum == figures.process[name], "\(name)")
      #expect(sum > 0, "\(name)")
    }
    #expect((figures.process["remote_free_count"] ?? 0) > 0)
    let preloaded = try WorkerRun(
      program, ["--allocator", "process", "--preloaded", path, "--ace"], environment: ["LD_PRELOAD=" + path])
    #expect(preloaded.ending.exitCode == 0, "\(preloaded.reply.text("detail") ?? "no failure told")")
    #expect(preloaded.reply.aceFigures?.process["metadata"] == metadata)
  }

  @Test("decisions that can still be read are told in every pass", arguments: ["time", "memory", "latency", "check"])
  func decisions(pass: String) throws {
    let library = try TestLibrary("telling", options: ["-DDECIDING"])
    let run = try WorkerRun(try ReplayProgram.batches(10), ["--library", library.path, "--ace", "--pass", pass])
    #expect(run.ending.exitCode == 0, "\(run.reply.text("detail") ?? "no failure told")")
    let decisions = try #require(run.reply.aceFigures).decisions
    #expect(decisions.map(\.sequence) == Array(4...515))
    #expect(
      decisions.first
        == EngineDecision(
          sequence: 4, milliseconds: 40, epoch: 2, subject: "a-knob-with-a-name-of-31-letter", oldValue: 4,
          newValue: .max, wasApplied: false, oldCost: nil, newCost: 0, reason: "won \"3\" of 4 epochs"))
    #expect(
      decisions.last
        == EngineDecision(
          sequence: 515, milliseconds: 5150, epoch: 257, subject: "a-knob-with-a-name-of-31-letter", classByteCount: 64,
          oldValue: 4, newValue: .max, wasApplied: true, oldCost: 3.25, newCost: -2,
          reason: "won \"3\" of 4 epochs"))
  }
}
