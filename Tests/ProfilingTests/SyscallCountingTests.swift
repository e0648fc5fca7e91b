// SPDX-License-Identifier: MIT

import Experiments
import Profiling
import Testing

/// The calls of `Programs/calls.c`, whose number is known.
@Suite("System calls", .serialized)
struct SyscallCountingTests {
  private func expectUnits(_ unitCount: UInt64, in named: [String: SyscallCount]) throws {
    let moves = try #require(named["mremap"])
    #expect(moves.callCount == unitCount * 100)
    #expect(moves.errorCount == 0)
    #expect(moves.byteCount == unitCount * 50 * (8192 + 4096))
    let locks = try #require(named["mlock"])
    #expect(locks.callCount == unitCount * 10)
    #expect(locks.errorCount == unitCount * 10)
    let naps = try #require(named["nanosleep"])
    #expect(naps.callCount == unitCount * 2)
    // No nap is shorter than asked for; next to none of it is work.
    let napNanoseconds = unitCount * 2 * 20_000_000
    let elapsed = try #require(naps.elapsedNanoseconds)
    let waited = try #require(naps.waitedNanoseconds)
    #expect(elapsed >= napNanoseconds)
    #expect(waited > napNanoseconds / 10 * 9)
    #expect(waited <= elapsed)
    #expect(try #require(naps.longestNanoseconds) >= 20_000_000)
  }

  @Test(
    "are counted exactly by programs in the kernel, in threads, children and what they turn into",
    .enabled(if: Permission.ebpf, "BPF is not permitted to this user"),
    arguments: [(0, 0), (3, 0), (0, 2), (4, 3)])
  func kernelCounts(threads: Int, children: Int) throws {
    let command = [CallsProgram.path, "\(threads)", "\(children)"]
    let (outcome, calls, named) = try TestedProgram.calls(of: command, by: .ebpf)
    #expect(outcome.fault == nil)
    #expect(calls.remainingThreadCount == 0)
    #expect(calls.lostThreadCount == 0)
    let unitCount = UInt64(1 + threads + 3 * children)
    try expectUnits(unitCount, in: named)
    #expect(named["getppid"]?.callCount == unitCount * 200)
    #expect(named["getppid"]?.errorCount == 0)
    #expect(named["getppid"]?.byteCount == nil)
    // The one that starts the program is acebench's; it is not in the program.
    #expect(named["execve"]?.callCount == (children == 0 ? nil : UInt64(children)))
    // A call that does not return is one too: each process ends by it, but those that `exec` ends.
    #expect(named["exit_group"]?.callCount == UInt64(1 + children))
  }

  @Test(
    "are counted exactly by stops at those that allocators make",
    .enabled(if: Permission.ptrace, "ptrace is not permitted to this user"),
    arguments: [(0, 0), (3, 0), (0, 2), (4, 3)])
  func tracedCounts(threads: Int, children: Int) throws {
    let command = [CallsProgram.path, "\(threads)", "\(children)"]
    let (outcome, calls, named) = try TestedProgram.calls(of: command, by: .ptrace)
    #expect(outcome.fault == nil)
    #expect(calls.remainingThreadCount == 0)
    try expectUnits(UInt64(1 + threads + 3 * children), in: named)
    #expect(named["getppid"] == nil)
  }

  @Test("that are neither read nor written are not in what /proc tells")
  func processFile() throws {
    let script = "echo a; echo b; echo c; echo d"
    let (outcome, _, named) = try TestedProgram.calls(of: ["/bin/sh", "-c", script], by: .proc)
    #expect(outcome.fault == nil)
    #expect(named["all writes"]?.callCount == 4)
    #expect(named["all writes"]?.elapsedNanoseconds == nil)
    #expect(named.keys.sorted() == ["all reads", "all writes"])
  }

  @Test(
    "of a program that forks away are counted until it ends",
    .enabled(if: Permission.ebpf, "BPF is not permitted to this user"))
  func forkedAway() throws {
    let (outcome, calls, named) = try TestedProgram.calls(of: [CallsProgram.path, "daemon"], by: .ebpf)
    #expect(outcome.fault == nil)
    #expect(calls.remainingThreadCount == 1)
    try expectUnits(1, in: named)
  }

  @Test(
    "of a program that forks away are traced until it ends, and what it has left is waited for",
    .enabled(if: Permission.ptrace, "ptrace is not permitted to this user"))
  func forkedAwayFromTracer() throws {
    var toldCount = 0
    let (outcome, calls, named) = try TestedProgram.calls(of: [CallsProgram.path, "daemon"], by: .ptrace) {
      toldCount += 1
    }
    #expect(outcome.fault == nil)
    #expect(toldCount == 1)
    #expect(calls.remainingThreadCount == 1)
    try expectUnits(1, in: named)
  }

  @Test("of a program that is not there are an error", arguments: [SyscallBackend.ebpf, .ptrace, .proc])
  func missing(backend: SyscallBackend) throws {
    guard backend != .ebpf || Permission.ebpf, backend != .ptrace || Permission.ptrace else { return }
    let call = backend == .ptrace ? "execve" : "posix_spawn"
    #expect(throws: ExperimentError.system(call: call, path: "/nowhere/program", errno: 2)) {
      try TestedProgram.calls(of: ["/nowhere/program"], by: backend)
    }
  }

  @Test("of a program that a signal ends are shown, with its status", arguments: [SyscallBackend.ebpf, .ptrace])
  func killed(backend: SyscallBackend) throws {
    guard backend != .ebpf || Permission.ebpf, backend != .ptrace || Permission.ptrace else { return }
    let (outcome, _, named) = try TestedProgram.calls(of: ["/bin/sh", "-c", "kill -9 $$"], by: backend)
    #expect(outcome.fault == "ended with status 137")
    #expect(named["mmap"] != nil)
  }

  @Test("of a program that stops itself and is continued are traced on", .enabled(if: Permission.ptrace))
  func stopped() throws {
    let script = "(sleep 0.2; kill -CONT $$) & kill -STOP $$; \(CallsProgram.path) unit; wait"
    let (outcome, _, named) = try TestedProgram.calls(of: ["/bin/sh", "-c", script], by: .ptrace)
    #expect(outcome.fault == nil)
    try expectMoves(1, in: named)
  }

  private func expectMoves(_ unitCount: UInt64, in named: [String: SyscallCount]) throws {
    #expect(named["mremap"]?.callCount == unitCount * 100)
  }
}
