// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@Suite("A worker makes no calls of the allocator but the program's")
struct OwnAllocationTests {
  /// What `LoadedAllocator` calls to see who serves: eight blocks, allocated and freed.
  private static let probeCallCount: UInt64 = 16

  /// The calls that a counting library saw in a run.
  private func calls(_ library: TestLibrary, _ program: ReplayProgram, _ arguments: [String], preloaded: Bool) throws
    -> UInt64
  {
    let folder = TemporaryFolder()
    var environment = ["COUNT_FILE=" + folder.file("count")]
    if preloaded { environment.append("LD_PRELOAD=" + library.path) }
    let load = preloaded ? ["--allocator", "process", "--preloaded", library.path] : ["--library", library.path]
    let run = try WorkerRun(program, load + arguments, environment: environment)
    let output = String(decoding: run.ending.standardOutput + run.ending.standardErrorTail, as: UTF8.self)
    try #require(run.ending.exitCode == 0, "\(output)")
    return try #require(UInt64(String(decoding: folder.read("count"), as: UTF8.self)))
  }

  @Test("through an opened library, in every pass", arguments: ["time", "memory", "latency", "check"])
  func opened(pass: String) throws {
    let library = try TestLibrary("counting")
    let program = try ReplayProgram.batches(50)
    let seen = try calls(library, program, ["--pass", pass], preloaded: false)
    #expect(seen == program.summary.operationCount + Self.probeCallCount)
  }

  @Test("through an opened library, of eight threads and with windows", arguments: [1 << 30, 1])
  func openedWithThreads(memoryByteCount: Int) throws {
    let library = try TestLibrary("counting")
    let program = try ReplayProgram.random(seed: 41, threadCount: 8, eventCount: 20_000)
    let seen = try calls(library, program, ["--program-memory", String(memoryByteCount)], preloaded: false)
    // What the program leaves is freed after it.
    #expect(seen == program.summary.operationCount + program.summary.liveEndBlockCount + Self.probeCallCount)
  }

  @Test("through a preloaded library: twice the program is exactly the program more")
  func preloaded() throws {
    let library = try TestLibrary("counting", options: ["-DFORWARDING"])
    let single = try ReplayProgram.batches(500)
    let double = try ReplayProgram.batches(1000)
    let first = try calls(library, single, [], preloaded: true)
    let second = try calls(library, double, [], preloaded: true)
    #expect(second - first == double.summary.operationCount - single.summary.operationCount)
  }

  @Test("through a preloaded library: each repetition is exactly the program more")
  func preloadedRepetitions() throws {
    let library = try TestLibrary("counting", options: ["-DFORWARDING"])
    let program = try ReplayProgram.batches(500)
    let once = try calls(library, program, ["--repeat", "1"], preloaded: true)
    let thrice = try calls(library, program, ["--repeat", "3"], preloaded: true)
    #expect(thrice - once == 2 * program.summary.operationCount)
  }
}
