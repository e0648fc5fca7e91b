// SPDX-License-Identifier: MIT

import CLinux

/// The programs that follow threads from their start to their end, and see when they leave their processors.
extension SyscallPrograms {
  /// `sched_process_fork(struct task_struct *parent, struct task_struct *child)`: a thread or a process, before it runs.
  var fork: [BPFInstruction] {
    var code = BPFAssembler()
    code.perform(.move, .r6, .r1)
    findCurrentThread(&code)
    readThreadNumber(ofArgument: 1, &code)
    clearRecord(&code)
    code.load(.r1, .r7, Thread.offset(Thread.state))
    code.jump(to: "inherited", .notEqual, .r1, Thread.startsProfiled)
    // Until it becomes the program, what a child does is acebench's.
    code.perform(.move, .r1, Thread.awaitsExec)
    code.label("inherited")
    code.store(.r10, Self.recordOffset + Thread.offset(Thread.state), .r1)
    enterRecord(&code)
    code.label("out")
    code.exit()
    return code.finished()
  }

  /// `sched_process_exec(struct task_struct *, pid_t former, …)`: a thread other than the first that calls `exec` takes the
  /// first one's number.
  var exec: [BPFInstruction] {
    var code = BPFAssembler()
    code.perform(.move, .r6, .r1)
    code.load(.r1, .r6, 8)
    code.store(.r10, Self.keyOffset, .r1, .four)
    code.loadMap(.r1, threads)
    keyAddress(&code)
    code.call(.mapLookup)
    code.jump(to: "out", .equal, .r0, 0)
    code.perform(.move, .r7, .r0)
    code.load(.r1, .r7, Thread.offset(Thread.state))
    code.jump(to: "out", .equal, .r1, Thread.startsProfiled)
    code.store(.r7, Thread.offset(Thread.state), Thread.isCounted)
    code.load(.r8, .r10, Self.keyOffset, .four)
    code.call(.processAndThread)
    code.store(.r10, Self.keyOffset, .r0, .four)
    code.load(.r1, .r10, Self.keyOffset, .four)
    code.jump(to: "out", .equal, .r1, .r8)
    clearRecord(&code)
    code.store(.r10, Self.recordOffset + Thread.offset(Thread.state), Thread.isCounted)
    // It is in the call of `exec` still.
    for word in [Thread.begin, Thread.number, Thread.waited] {
      code.load(.r1, .r7, Thread.offset(word))
      code.store(.r10, Self.recordOffset + Thread.offset(word), .r1)
    }
    enterRecord(&code)
    code.store(.r10, Self.keyOffset, .r8, .four)
    removeRecord(&code)
    code.label("out")
    code.exit()
    return code.finished()
  }

  /// `sched_process_exit(struct task_struct *, …)`: a call that a thread does not return from counts too.
  var end: [BPFInstruction] {
    var code = BPFAssembler()
    findCurrentThread(&code)
    code.load(.r1, .r7, Thread.offset(Thread.begin))
    code.jump(to: "between", .equal, .r1, 0)
    findCount(&code)
    add(1, to: SyscallCountRecord.calls, &code)
    code.label("between")
    code.call(.processAndThread)
    code.store(.r10, Self.keyOffset, .r0, .four)
    removeRecord(&code)
    code.label("out")
    code.exit()
    return code.finished()
  }

  /// `sched_switch(bool, struct task_struct *former, struct task_struct *next, …)`, in the former one.
  var switching: [BPFInstruction] {
    var code = BPFAssembler()
    code.perform(.move, .r6, .r1)
    findCurrentThread(&code, otherwise: "next")
    code.load(.r1, .r7, Thread.offset(Thread.begin))
    code.jump(to: "next", .equal, .r1, 0)
    code.call(.nanoseconds)
    code.store(.r7, Thread.offset(Thread.leftAt), .r0)
    code.label("next")
    readThreadNumber(ofArgument: 2, &code)
    code.loadMap(.r1, threads)
    keyAddress(&code)
    code.call(.mapLookup)
    code.jump(to: "out", .equal, .r0, 0)
    code.perform(.move, .r7, .r0)
    code.load(.r8, .r7, Thread.offset(Thread.leftAt))
    code.jump(to: "out", .equal, .r8, 0)
    code.call(.nanoseconds)
    code.perform(.subtract, .r0, .r8)
    code.load(.r1, .r7, Thread.offset(Thread.waited))
    code.perform(.add, .r1, .r0)
    code.store(.r7, Thread.offset(Thread.waited), .r1)
    code.store(.r7, Thread.offset(Thread.leftAt), 0)
    code.label("out")
    code.exit()
    return code.finished()
  }

  /// `r7 =` the record of the running thread, or on to a label when it is not followed.
  func findCurrentThread(_ code: inout BPFAssembler, otherwise label: String = "out") {
    code.call(.processAndThread)
    code.store(.r10, Self.keyOffset, .r0, .four)
    code.loadMap(.r1, threads)
    keyAddress(&code)
    code.call(.mapLookup)
    code.jump(to: label, .equal, .r0, 0)
    code.perform(.move, .r7, .r0)
  }

  /// `r0 =` what is counted on this processor of the call that the thread of r7 is in.
  func findCount(_ code: inout BPFAssembler) {
    code.load(.r1, .r7, Thread.offset(Thread.number))
    code.store(.r10, Self.keyOffset, .r1, .four)
    code.loadMap(.r1, counts)
    keyAddress(&code)
    code.call(.mapLookup)
    code.jump(to: "out", .equal, .r0, 0)
  }

  /// Adds to a word of the counts at r0; nobody else writes on this processor.
  func add(_ number: Int32, to word: Int, _ code: inout BPFAssembler) {
    code.load(.r2, .r0, SyscallCountRecord.offset(word))
    code.perform(.add, .r2, number)
    code.store(.r0, SyscallCountRecord.offset(word), .r2)
  }

  /// The same with a register other than r2.
  func add(_ register: BPFInstruction.Register, to word: Int, _ code: inout BPFAssembler) {
    code.load(.r2, .r0, SyscallCountRecord.offset(word))
    code.perform(.add, .r2, register)
    code.store(.r0, SyscallCountRecord.offset(word), .r2)
  }

  /// `r1 =` the second argument of the call that begins; the first lies behind it on the stack.
  func readMark(_ code: inout BPFAssembler) {
    code.load(.r3, .r6, 0)
    code.perform(.add, .r3, Self.argumentOffsets[1])
    code.perform(.move, .r1, .r10)
    code.perform(.add, .r1, Int32(Self.scratchOffset))
    code.perform(.move, .r2, 16)
    code.call(.probeRead)
    code.load(.r1, .r10, Self.scratchOffset)
  }

  /// Makes the number of the thread that a tracepoint's argument points to the key; `out` when it cannot be read.
  private func readThreadNumber(ofArgument index: Int, _ code: inout BPFAssembler) {
    code.load(.r3, .r6, Int16(index * 8))
    code.perform(.add, .r3, threadNumberOffset)
    code.perform(.move, .r1, .r10)
    code.perform(.add, .r1, Int32(Self.keyOffset))
    code.perform(.move, .r2, 4)
    code.call(.probeRead)
    code.jump(to: "out", .notEqual, .r0, 0)
  }

  private func clearRecord(_ code: inout BPFAssembler) {
    for word in 0..<Thread.wordCount { code.store(.r10, Self.recordOffset + Thread.offset(word), 0) }
  }

  /// Enters the record on the stack under the key on the stack.
  private func enterRecord(_ code: inout BPFAssembler) {
    code.loadMap(.r1, threads)
    keyAddress(&code)
    code.perform(.move, .r3, .r10)
    code.perform(.add, .r3, Int32(Self.recordOffset))
    code.perform(.move, .r4, 0)
    code.call(.mapUpdate)
    code.jump(to: "entered", .equal, .r0, 0)
    code.loadMapValue(.r2, control)
    code.load(.r1, .r2, SyscallControlRecord.offset(SyscallControlRecord.lost))
    code.perform(.add, .r1, 1)
    code.store(.r2, SyscallControlRecord.offset(SyscallControlRecord.lost), .r1)
    code.label("entered")
  }

  private func removeRecord(_ code: inout BPFAssembler) {
    code.loadMap(.r1, threads)
    keyAddress(&code)
    code.call(.mapDelete)
  }

  private func keyAddress(_ code: inout BPFAssembler) {
    code.perform(.move, .r2, .r10)
    code.perform(.add, .r2, Int32(Self.keyOffset))
  }
}
