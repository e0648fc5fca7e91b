// SPDX-License-Identifier: MIT

import CLinux
import Measurement
import Program

/// Performs one thread's stream of a replay program.
///
/// Specialised for each pass. Everything it touches was mapped before, it allocates nothing but the program's own
/// blocks, and in a single-threaded program its own memory traffic is the words, the slots and one progress counter.
struct Interpreter<Calls: CallPath> {
  private var calls: Calls
  private let team: UnsafePointer<ReplayTeam>
  private let thread: UInt32
  private let words: UnsafePointer<UInt32>
  private let slots: UnsafeMutablePointer<UnsafeMutableRawPointer?>
  private let ownProgress: UnsafeMutablePointer<UInt64>
  private let firstTouch: Int
  private let touchStride: Int
  /// The next word.
  private var next: UnsafePointer<UInt32>
  private var performedCount: UInt64
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
    words = team.pointee.words
    slots = team.pointee.slots
    ownProgress = team.pointee.progress(of: thread)
    let touch = team.pointee.pass == .check ? TouchPolicy.none : team.pointee.touch
    firstTouch = touch.firstOffset
    touchStride = touch.stride
    next = words + Int(team.pointee.entries[Int(thread)]) - 1
    performedCount = ownProgress.pointee
  }

  /// Performs the stream to the end of the group of windows in memory; true when the thread has ended.
  mutating func run() -> Bool {
    while true {
      let opcode = next[0]
      if opcode < Instruction.patternLimit {
        next += 1
        performPattern(opcode)
        continue
      }
      switch opcode & 0xff {
      case Instruction.mallocLarge:
        place(calls.malloc(wideOperand, slot: slotOperand), slotOperand, wideOperand)
        advance(by: 4)
      case Instruction.calloc:
        place(calls.calloc(wideOperand, slot: slotOperand), slotOperand, wideOperand)
        advance(by: 4)
      case Instruction.realloc:
        place(calls.realloc(slots[slotOperand], wideOperand, slot: slotOperand), slotOperand, wideOperand)
        advance(by: 4)
      case Instruction.aligned:
        let alignment = 1 << Int(opcode >> 8)
        place(calls.aligned(alignment, wideOperand, slot: slotOperand), slotOperand, wideOperand)
        advance(by: 4)
      case Instruction.await:
        wait()
        next += 4
      case Instruction.start:
        startThread(next[1])
        next += 2
      case Instruction.repeat:
        repeatBody()
      case Instruction.pause:
        let start = team.pointee.control.pointee.startNanoseconds.load(ordering: .relaxed)
        pause(untilNanoseconds: start &+ (UInt64(next[1]) | UInt64(next[2]) << 32))
        next += 3
      case Instruction.leave:
        let target = UInt64(next[1]) | UInt64(next[2]) << 32
        if target == 0 { return false }
        next = words + Int(target) - 1
      default:
        performedCount &+= 1
        linux_store_release(ownProgress, performedCount)
        return true
      }
    }
  }

  /// The slot of an instruction that has one and a 64-bit operand.
  @inline(__always)
  private var slotOperand: Int { Int(next[1]) }

  @inline(__always)
  private var wideOperand: Int { Int(truncatingIfNeeded: UInt64(next[2]) | UInt64(next[3]) << 32) }

  /// Goes past an instruction that was an event.
  @inline(__always)
  private mutating func advance(by wordCount: Int) {
    next += wordCount
    performedCount &+= 1
    linux_store_release(ownProgress, performedCount)
  }

  // MARK: Patterns

  /// Performs the calls of a pattern. The compiler sees a constant, and leaves the calls alone.
  @inline(__always)
  mutating func perform(_ pattern: UInt32) {
    let length = 31 - pattern.leadingZeroBitCount
    if length > 4 { perform(isFree: pattern >> 4 & 1 == 1) }
    if length > 3 { perform(isFree: pattern >> 3 & 1 == 1) }
    if length > 2 { perform(isFree: pattern >> 2 & 1 == 1) }
    if length > 1 { perform(isFree: pattern >> 1 & 1 == 1) }
    perform(isFree: pattern & 1 == 1)
    performedCount &+= UInt64(length)
    linux_store_release(ownProgress, performedCount)
  }

  @inline(__always)
  private mutating func perform(isFree: Bool) {
    let slot = Int(next[0])
    if isFree {
      next += 1
      let block = slots[slot]
      slots[slot] = nil
      calls.free(block, slot: slot)
    } else {
      let byteCount = Int(next[1])
      next += 2
      place(calls.malloc(byteCount, slot: slot), slot, byteCount)
    }
  }

  /// Puts a new block in its slot and touches it.
  @inline(__always)
  private func place(_ block: UnsafeMutableRawPointer?, _ slot: Int, _ byteCount: Int) {
    slots[slot] = block
    guard let block else {
      if byteCount > 0 { fail(.outOfMemory, nil, byteCount) }
      return
    }
    var offset = firstTouch
    while offset < byteCount {
      (block + offset).storeBytes(of: 1, as: UInt8.self)
      offset &+= touchStride
    }
  }

  @inline(never)
  private func fail(_ kind: ReplayFault.Kind, _ block: UnsafeMutableRawPointer?, _ byteCount: Int) {
    team.pointee.handler(
      ReplayFault(
        kind: kind, address: UInt(bitPattern: block), byteCount: byteCount, thread: thread,
        performedCount: performedCount))
  }

  // MARK: Control

  private mutating func repeatBody() {
    repeatsLeft = repeatsLeft == 0 ? next[2] : repeatsLeft - 1
    if repeatsLeft == 0 {
      next += 3
    } else {
      next -= Int(next[1])
    }
  }

  @inline(__always)
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

  @inline(never)
  private mutating func startThread(_ started: UInt32) {
    if !ReplayThread.start(started, team) { fail(.threadNotStarted, nil, 0) }
  }
}
