// SPDX-License-Identifier: MIT

import CLinux
import Synchronization

/// The words through which the threads of a replay find one another.
struct ReplayControl: ~Copyable {
  /// Counts the groups of windows handed out. First, so that its address is the control's own: threads sleep on it.
  let generation = Atomic<UInt32>(0)
  /// Threads other than the first that still work on the current group. Second, because the first thread sleeps on it.
  let workingCount = Atomic<UInt32>(0)
  /// The last thread that has ended and is not joined yet, as index + 1; others are linked behind it.
  let endedHead = Atomic<UInt32>(0)
  /// Set when threads that wait for another group shall go home.
  let isOver = Atomic<Bool>(false)
  /// When the current run of the program began, for pauses.
  let startNanoseconds = Atomic<UInt64>(0)
}

extension UnsafeMutablePointer where Pointee == ReplayControl {
  /// Hands out the next group.
  func advanceGeneration() {
    pointee.generation.wrappingAdd(1, ordering: .releasing)
    linux_futex_wake_all(generationWord)
  }

  /// Sleeps until another group than `generation` is handed out, and returns its number.
  func waitForGeneration(after generation: UInt32) -> UInt32 {
    while true {
      let current = pointee.generation.load(ordering: .acquiring)
      if current != generation { return current }
      linux_futex_wait(generationWord, generation)
    }
  }

  /// Takes a thread's share of the current group as done.
  func finishShare() {
    if pointee.workingCount.wrappingSubtract(1, ordering: .releasing).newValue == 0 {
      linux_futex_wake_all(workingWord)
    }
  }

  /// Waits until every share is done: a while awake, then asleep, because the processor may be another thread's.
  func waitForShares() {
    var spinCount = 0
    while true {
      let working = pointee.workingCount.load(ordering: .acquiring)
      if working == 0 { return }
      spinCount += 1
      if spinCount < 1000 { linux_spin_pause() } else { linux_futex_wait(workingWord, working) }
    }
  }

  private var workingWord: UnsafePointer<UInt32> { generationWord + 1 }

  private var generationWord: UnsafePointer<UInt32> {
    UnsafeRawPointer(self).assumingMemoryBound(to: UInt32.self)
  }
}
