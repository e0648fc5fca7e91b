// SPDX-License-Identifier: MIT

import Allocators
import Replay
import TestSupport
import Testing

@Suite("A worker replays a program in every pass")
struct PassTests {
  enum Choice: String, CaseIterable {
    case system
    case floor
    case mimalloc

    /// nil where the allocator is not installed.
    var arguments: [String]? {
      switch self {
      case .system: return ["--allocator", "process"]
      case .floor: return ["--allocator", "floor"]
      case .mimalloc:
        let found = try? AllocatorCatalog.allocator(describedBy: "mimalloc").libraryPath
        return found.map { ["--library", $0] }
      }
    }
  }

  /// Blocks of the floor overlap by design, so nothing can be checked there.
  private static let combinations = Choice.allCases.flatMap { choice in
    ReplayPass.allCases.filter { choice != .floor || $0 != .check }.map { (choice, $0) }
  }

  @Test("with the operations that the program has", arguments: combinations)
  func everyPass(choice: Choice, pass: ReplayPass) throws {
    guard let arguments = choice.arguments else { return }
    let program = try ReplayProgram.random(seed: 3, threadCount: 4)
    let run = try WorkerRun(program, arguments + ["--pass", pass.rawValue])
    #expect(run.ending.exitCode == 0)
    #expect(run.count("operations_count") == program.summary.operationCount)
    #expect(run.count("requested_bytes") == program.summary.requestedByteCount)
    #expect((run.count("elapsed_ns") ?? 0) > 0)
    #expect(run.reply.text("served_by") != nil)
    #expect((run.count("malloc_sample_count") != nil) == (pass == .latency))
    #expect((run.count("live_peak_bytes") != nil) == (pass == .memory))
  }

  @Test("every touch policy", arguments: TouchPolicy.allCases)
  func touches(touch: TouchPolicy) throws {
    let program = try ReplayProgram.random(seed: 4)
    let run = try WorkerRun(program, ["--touch", touch.rawValue])
    #expect(run.count("operations_count") == program.summary.operationCount)
  }

  @Test("blocks of the system's allocator pass the check", arguments: 0..<12 as Range<UInt64>)
  func check(seed: UInt64) throws {
    let program = try ReplayProgram.random(seed: seed, threadCount: 1 + UInt32(seed % 8), eventCount: 6000)
    let run = try WorkerRun(program, ["--pass", "check"])
    #expect(run.ending.exitCode == 0, "seed \(seed): \(String(decoding: run.ending.standardOutput, as: UTF8.self))")
    #expect(run.count("operations_count") == program.summary.operationCount, "seed \(seed)")
    if program.summary.threadCount > 2 { #expect(program.summary.crossThreadFreeCount > 50, "seed \(seed)") }
  }

  @Test("runs add up, and runs before them do not count", arguments: [1, 6] as [UInt32])
  func repetitions(threadCount: UInt32) throws {
    let program = try ReplayProgram.random(seed: 9, threadCount: threadCount)
    let run = try WorkerRun(program, ["--repeat", "3", "--warmup", "2", "--pass", "check"])
    #expect(run.count("operations_count") == 3 * program.summary.operationCount)
    #expect(run.count("requested_bytes") == 3 * program.summary.requestedByteCount)
  }

  @Test("samples of runs before the measured ones do not count")
  func warmupSamples() throws {
    let program = try ReplayProgram.random(seed: 10)
    let plain = try WorkerRun(program, ["--pass", "latency"])
    let warmed = try WorkerRun(program, ["--pass", "latency", "--warmup", "2"])
    for name in ["malloc_sample_count", "free_sample_count", "latency_control_sample_count"] {
      #expect(plain.count(name) != nil)
      #expect(warmed.count(name) == plain.count(name), "\(name)")
    }
  }

  @Test("a quarter-million calls sampled one in 16.5 on average")
  func sampling() throws {
    let program = try ReplayProgram.batches(1250)
    let run = try WorkerRun(program, ["--pass", "latency"])
    let samples = (run.count("malloc_sample_count") ?? 0) + (run.count("free_sample_count") ?? 0)
    #expect(run.count("latency_control_sample_count") == samples)
    // 15151 expected, and their standard deviation is 70.
    #expect((14_800...15_500).contains(samples))
    #expect(run.count("realloc_sample_count") == nil)
  }
}
