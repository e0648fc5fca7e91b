// SPDX-License-Identifier: MIT

import Glibc
import Measurement

/// A thread that a `SyscallTracer` stops at its calls.
final class TracedThread {
  /// The call that it is in.
  struct Call {
    var number: SyscallNumber
    var byteCount: UInt64
    var beginNanoseconds: UInt64
    /// Time that the thread had been on a processor, in nanoseconds; nil where the kernel does not tell.
    var processorNanoseconds: UInt64?
  }

  var call: Call?
  private let descriptor: Int32

  /// The first number of `schedstat` is time on the processor in nanoseconds: Documentation/scheduler/sched-stats.rst.
  init(_ thread: pid_t) { descriptor = open("/proc/\(thread)/schedstat", O_RDONLY | O_CLOEXEC) }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Time that the thread has been on a processor so far; exact while it is stopped.
  func processorNanoseconds() -> UInt64? {
    guard descriptor >= 0 else { return nil }
    var text: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    let count = pread(descriptor, &text, MemoryLayout.size(ofValue: text), 0)
    guard count > 0 else { return nil }
    return withUnsafeBytes(of: text) { bytes in
      bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        .reduce(0) { $0 &* 10 &+ UInt64($1 - UInt8(ascii: "0")) }
    }
  }

  /// Notes the call that it is about to make.
  func begin(_ number: SyscallNumber, byteCount: UInt64) {
    call = Call(
      number: number, byteCount: byteCount, beginNanoseconds: Clock.nowNanoseconds(),
      processorNanoseconds: processorNanoseconds())
  }

  /// The call that it has made, as a count of one; nil when it was in none.
  func finish(failed: Bool) -> SyscallCount? {
    guard let call else { return nil }
    self.call = nil
    let wall = Clock.nowNanoseconds() - call.beginNanoseconds
    let worked = call.processorNanoseconds.flatMap { begin in
      processorNanoseconds().map { min($0 - min($0, begin), wall) }
    }
    // What a thread of a call that does not sleep spends off its processor is spent on being stopped here.
    let elapsed = call.number.maySleep ? wall : worked ?? wall
    return SyscallCount(
      call: call.number, callCount: 1, errorCount: failed ? 1 : 0, elapsedNanoseconds: elapsed,
      waitedNanoseconds: call.number.maySleep ? wall - (worked ?? 0) : 0, longestNanoseconds: elapsed,
      byteCount: call.number.hasByteCount ? failed ? 0 : call.byteCount : nil)
  }
}
