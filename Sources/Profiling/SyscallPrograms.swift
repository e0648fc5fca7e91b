// SPDX-License-Identifier: MIT

import CLinux
import Measurement

/// The programs that count system calls from within the kernel, on x86-64: one for each raw tracepoint.
///
/// A followed thread has a record from its start on, so that a call costs two look-ups by thread and nothing is entered or removed.
/// All begin with the context in r1, a list of the tracepoint's arguments; r6 is the context throughout, r7 the
/// record of a thread.
struct SyscallPrograms {
  typealias Thread = SyscallThreadRecord
  typealias Count = SyscallCountRecord
  typealias Control = SyscallControlRecord

  /// Descriptors of the maps.
  var threads: Int32
  var counts: Int32
  var control: Int32
  /// Where a thread's number lies in the kernel's record of it, in bytes.
  var threadNumberOffset: Int32

  /// Where registers lie in the kernel's record of a call, in bytes: `struct pt_regs` of x86-64. The first argument is in rdi,
  /// which lies behind rsi.
  static let argumentOffsets: [Int32] = [112, 104, 96]

  /// Where things lie on the stack, below its end: the key of a look-up, two arguments of a call, a record of a thread.
  static let keyOffset: Int16 = -8
  static let scratchOffset: Int16 = -32
  static let recordOffset: Int16 = -96

  /// Calls whose second argument says how many bytes of address space they are about; mremap has its new size in the third.
  private static let memoryCalls: [(number: Int32, argument: Int)] = [
    (Int32(SYS_mmap), 1), (Int32(SYS_munmap), 1), (Int32(SYS_mprotect), 1), (Int32(SYS_madvise), 1),
    (Int32(SYS_mremap), 2),
  ]

  /// `sys_enter(struct pt_regs *, long number)`
  var entry: [BPFInstruction] {
    var code = BPFAssembler()
    code.perform(.move, .r6, .r1)
    findCurrentThread(&code)
    code.load(.r1, .r7, Thread.offset(Thread.state))
    code.jump(to: "out", .notEqual, .r1, Thread.isCounted)
    code.load(.r8, .r6, 8)
    code.jump(to: "prctl", .equal, .r8, Int32(SYS_prctl))
    code.label("count")
    code.loadMapValue(.r1, control)
    code.load(.r1, .r1, Control.offset(Control.isActive))
    code.jump(to: "out", .equal, .r1, 0)
    code.jump(to: "known", .less, .r8, Int32(Count.entryCount))
    code.perform(.move, .r8, Int32(Count.entryCount - 1))
    code.label("known")
    code.store(.r7, Thread.offset(Thread.number), .r8)
    code.store(.r7, Thread.offset(Thread.byteCount), 0)
    code.store(.r7, Thread.offset(Thread.waited), 0)
    code.store(.r7, Thread.offset(Thread.leftAt), 0)
    // The calls with sizes have low numbers: others need no more than one comparison.
    code.jump(to: "time", .greater, .r8, Int32(SYS_madvise))
    for call in Self.memoryCalls { code.jump(to: "size\(call.argument)", .equal, .r8, call.number) }
    code.label("time")
    code.call(.nanoseconds)
    code.store(.r7, Thread.offset(Thread.begin), .r0)
    code.label("out")
    code.exit()
    for argument in [1, 2] {
      code.label("size\(argument)")
      code.load(.r3, .r6, 0)
      code.perform(.add, .r3, Self.argumentOffsets[argument])
      code.perform(.move, .r1, .r7)
      code.perform(.add, .r1, Int32(Thread.offset(Thread.byteCount)))
      code.perform(.move, .r2, 8)
      code.call(.probeRead)
      code.jump(to: "time")
    }
    code.label("prctl")
    readMark(&code)
    code.loadNumber(.r2, SpanMark.argument)
    code.jump(to: "count", .notEqual, .r1, .r2)
    code.load(.r1, .r10, Self.scratchOffset + 8)
    code.loadMapValue(.r2, control)
    code.jump(to: "begin", .equal, .r1, PR_TASK_PERF_EVENTS_ENABLE)
    code.jump(to: "count", .notEqual, .r1, PR_TASK_PERF_EVENTS_DISABLE)
    code.store(.r2, Control.offset(Control.isActive), 0)
    code.jump(to: "out")
    code.label("begin")
    code.store(.r2, Control.offset(Control.isActive), 1)
    code.jump(to: "out")
    return code.finished()
  }

  /// `sys_exit(struct pt_regs *, long result)`
  var exit: [BPFInstruction] {
    var code = BPFAssembler()
    code.perform(.move, .r6, .r1)
    findCurrentThread(&code)
    code.load(.r8, .r7, Thread.offset(Thread.begin))
    code.jump(to: "out", .equal, .r8, 0)
    code.call(.nanoseconds)
    code.perform(.move, .r9, .r0)
    code.perform(.subtract, .r9, .r8)
    code.store(.r7, Thread.offset(Thread.begin), 0)
    findCount(&code)
    add(1, to: Count.calls, &code)
    add(.r9, to: Count.elapsed, &code)
    code.load(.r1, .r7, Thread.offset(Thread.waited))
    code.jump(to: "ran", .equal, .r1, 0)
    add(.r1, to: Count.waited, &code)
    code.label("ran")
    code.load(.r1, .r0, Count.offset(Count.longest))
    code.jump(to: "shorter", .greaterOrEqual, .r1, .r9)
    code.store(.r0, Count.offset(Count.longest), .r9)
    code.label("shorter")
    code.load(.r1, .r6, 8)
    // Results from -4095 to -1 are error numbers.
    code.jump(to: "failed", .greaterOrEqual, .r1, -4095)
    code.load(.r1, .r7, Thread.offset(Thread.byteCount))
    code.jump(to: "out", .equal, .r1, 0)
    add(.r1, to: Count.byteCount, &code)
    code.label("out")
    code.exit()
    code.label("failed")
    add(1, to: Count.errors, &code)
    code.exit()
    return code.finished()
  }
}
