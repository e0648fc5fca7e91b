// SPDX-License-Identifier: MIT

import CLinux
import Measurement
import Program

/// Performs one thread's stream of a replay program.
///
/// Specialised for each pass. Everything it touches was mapped before, it allocates nothing but the program's own
/// blocks, and its own memory traffic is the words, the slots and one progress counter.
struct Interpreter<Calls: CallPath> {
  /// The program counter and what it moves past, in registers while a stream is performed.
  var next: UnsafePointer<UInt32>
  var performedCount: UInt64
  var calls: Calls
  let slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  let firstTouch: Int
  let touchStride: Int
  private let ownProgress: UnsafeMutablePointer<UInt64>
  let team: UnsafePointer<ReplayTeam>
  let thread: UInt32
  /// How often the body of the current `repeat` is still to be performed; 0 outside one.
  private var repeatsLeft: UInt32 = 0
  /// Time spent waiting for other threads.
  private(set) var waitNanoseconds: UInt64 = 0
  /// Time spent asleep where the original was.
  private(set) var pauseNanoseconds: UInt64 = 0

  init(team: UnsafePointer<ReplayTeam>, thread: UInt32, calls: Calls) {
    self.calls = calls
    self.team = team
    self.thread = thread
    slots = team.pointee.slots
    ownProgress = team.pointee.progress(of: thread)
    let touch = team.pointee.pass == .check ? TouchPolicy.none : team.pointee.touch
    firstTouch = touch.firstOffset
    touchStride = touch.stride
    next = team.pointee.words + Int(team.pointee.entries[Int(thread)]) - 1
    performedCount = ownProgress.pointee
  }

  /// Performs the stream to the end of the group of windows in memory; true when the thread has ended.
  mutating func run() -> Bool {
    while true {
      performPatterns()
      switch next[0] & 0xff {
      case Instruction.mallocLarge:
        finishAllocation(calls.malloc(wideOperand, slot: slotOperand))
      case Instruction.calloc:
        finishAllocation(calls.calloc(wideOperand, slot: slotOperand))
      case Instruction.realloc:
        finishAllocation(calls.realloc(slots[slotOperand], wideOperand, slot: slotOperand))
      case Instruction.aligned:
        finishAllocation(calls.aligned(1 << Int(next[0] >> 8), wideOperand, slot: slotOperand))
      case Instruction.await:
        wait()
        next += 4
      case Instruction.start:
        if !ReplayThread.start(next[1], team) { Self.fail(.threadNotStarted, 0, thread, performedCount, team) }
        next += 2
      case Instruction.repeat:
        repeatBody()
      case Instruction.pause:
        let start = team.pointee.control.pointee.startNanoseconds.load(ordering: .relaxed)
        pause(untilNanoseconds: start &+ (UInt64(next[1]) | UInt64(next[2]) << 32))
        next += 3
      case Instruction.leave:
        let target = Int(truncatingIfNeeded: UInt64(next[1]) | UInt64(next[2]) << 32)
        if target == 0 { return false }
        next = team.pointee.words + target - 1
      default:
        publish(performedCount &+ 1)
        return true
      }
    }
  }

  /// The slot of an instruction that has one and a 64-bit operand.
  private var slotOperand: Int { Int(next[1]) }

  private var wideOperand: Int { Int(truncatingIfNeeded: UInt64(next[2]) | UInt64(next[3]) << 32) }

  /// Performs patterns until another instruction comes.
  @inline(never)
  private mutating func performPatterns() {
    // A copy, whose fields the optimiser keeps in registers: `self` is memory that the allocator might have written.
    var hot = self
    while hot.next[0] < Instruction.patternLimit {
      hot.performPattern()
      linux_store_release(hot.ownProgress, hot.performedCount)
    }
    next = hot.next
    performedCount = hot.performedCount
    calls = hot.calls
  }

  /// Goes past an allocation that was not in a pattern, after its block has been put in place.
  private mutating func finishAllocation(_ block: UnsafeMutableRawPointer?) {
    place(block, slotOperand, wideOperand)
    next += 4
    publish(performedCount &+ 1)
  }

  private mutating func publish(_ count: UInt64) {
    performedCount = count
    linux_store_release(ownProgress, count)
  }

  /// Puts a new block in its slot and touches it.
  @_transparent
  func place(_ block: UnsafeMutableRawPointer?, _ slot: Int, _ byteCount: Int) {
    slots[slot] = block
    guard let block else {
      if byteCount > 0 { Self.fail(.outOfMemory, byteCount, thread, performedCount, team) }
      return
    }
    var offset = firstTouch
    while offset < byteCount {
      (block + offset).storeBytes(of: 1, as: UInt8.self)
      offset &+= touchStride
    }
  }

  // Takes what it needs one by one: a call that took `self` would force it into memory on every path.
  @inline(never)
  static func fail(
    _ kind: ReplayFault.Kind, _ byteCount: Int, _ thread: UInt32, _ performedCount: UInt64,
    _ team: UnsafePointer<ReplayTeam>
  ) {
    team.pointee.handler(
      ReplayFault(kind: kind, address: 0, byteCount: byteCount, thread: thread, performedCount: performedCount))
  }

  private mutating func repeatBody() {
    repeatsLeft = repeatsLeft == 0 ? next[2] : repeatsLeft - 1
    if repeatsLeft == 0 {
      next += 3
    } else {
      next -= Int(next[1])
    }
  }

  private mutating func wait() {
    let awaited = team.pointee.progress(of: next[1])
    let count = UInt64(next[2]) | UInt64(next[3]) << 32
    if linux_load_acquire(awaited) < count { waitSlowly(awaited, count) }
  }

  /// Spins a while, then lets others run: there may be more threads than processors.
  @inline(never)
  private mutating func waitSlowly(_ awaited: UnsafeMutablePointer<UInt64>, _ count: UInt64) {
    let begin = Clock.nowNanoseconds()
    var spinCount = 0
    while linux_load_acquire(awaited) < count {
      if spinCount < 1000 {
        linux_spin_pause()
        spinCount += 1
      } else {
        sched_yield()
      }
    }
    waitNanoseconds += Clock.nowNanoseconds() - begin
  }

  @inline(never)
  private mutating func pause(untilNanoseconds deadline: UInt64) {
    let begin = Clock.nowNanoseconds()
    if begin < deadline { Clock.sleep(untilNanoseconds: deadline) }
    pauseNanoseconds += Clock.nowNanoseconds() - begin
  }
}
