// SPDX-License-Identifier: MIT

import CACE
import Glibc
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Heaps of threads that sleep") struct SleepingThreadTests {
    /// A thread with a heap that is not empty, which then does something until it is told to go on.
    private final class Sleeper: @unchecked Sendable {
      private(set) var heap = HeapPointer.ofThread
      private(set) var blocks: [MarkedBlock] = []
      private(set) var pipes: [Int32] = [0, 0]
      private var ready: UInt64 = 0
      private var woken: UInt64 = 0
      private var thread: TestThread?

      /// `sleep` gets the end of a pipe to which a byte is written when the thread is to go on.
      init(sleep: @escaping (Int32) -> Void, afterwards: @escaping (Sleeper) throws -> Void = { _ in }) throws {
        pipe(&pipes)
        thread = TestThread { [self] in
          heap = try TestThread.attachedHeap()
          blocks = try (0..<400).map { try MarkedBlock([48, 700, 4_000][$0 % 3]) }
          try MarkedBlock.free(blocks.enumerated().filter { $0.offset % 40 > 2 }.map(\.element))
          blocks = blocks.enumerated().filter { $0.offset % 40 <= 2 }.map(\.element)
          withUnsafeMutablePointer(to: &ready) { ace_store_release($0, 1) }
          sleep(pipes[0])
          try afterwards(self)
          withUnsafeMutablePointer(to: &woken) { ace_store_release($0, 1) }
          // It goes on with the heap that it had, and with all that was in it.
          try demand(HeapPointer.ofThread == heap, "the thread has another heap than before")
          try HeapLaw.check(heap, live: Set(blocks.map(\.address)))
          let more = try (0..<400).map { try MarkedBlock([48, 700, 4_000][$0 % 3]) }
          for block in blocks + more { try block.check() }
          try demand(Set((blocks + more).map(\.address)).count == blocks.count + 400, "a live block was handed out")
          try HeapLaw.check(heap, live: Set((blocks + more).map(\.address)))
          try MarkedBlock.free(blocks + more)
          try HeapLaw.checkEmpty(heap)
        }
        try ThreadView.await("the thread's beginning") {
          withUnsafeMutablePointer(to: &ready) { ace_load_acquire($0) } == 1
        }
      }

      var identifier: Int32 { heap.pointee.user.threadIdentifier }
      var isWoken: Bool { withUnsafeMutablePointer(to: &woken) { ace_load_acquire($0) } == 1 }
      var isAsleep: Bool { ace_is_asleep(identifier, heap.pointee.user.signalMask) }
      var slotWord: UInt { heap.pointee.user.slot?.load(as: UInt.self) ?? 0 }
      func dropBlock() throws { try blocks.removeLast().free() }

      func wake() { _ = write(pipes[1], "x", 1) }

      func end() throws {
        wake()
        try thread?.join()
        close(pipes[0])
        close(pipes[1])
      }
    }

    /// Borrows a heap as the worker does; whether it was lent.
    private func borrow(_ sleeper: Sleeper, _ body: (HeapPointer) -> Void = { $0.trim() }) -> Bool {
      ace_take(ACE_LOCK_HEAPS)
      defer { ace_give(ACE_LOCK_HEAPS) }
      return SleepingThread.borrow(sleeper.heap, body)
    }

    private static func read(_ descriptor: Int32) {
      var byte: UInt8 = 0
      _ = Glibc.read(descriptor, &byte, 1)
    }

    private static func poll(_ descriptor: Int32, milliseconds: Int32) -> Bool {
      var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      return Glibc.poll(&entry, 1, milliseconds) > 0
    }

    enum Way: CaseIterable, Sendable {
      case poll, read, nanosleep, futex

      func sleep(_ descriptor: Int32) {
        switch self {
        case .poll: _ = SleepingThreadTests.poll(descriptor, milliseconds: -1)
        case .read: SleepingThreadTests.read(descriptor)
        case .nanosleep: while !SleepingThreadTests.poll(descriptor, milliseconds: 0) { usleep(400_000) }
        case .futex:
          var semaphore = sem_t()
          sem_init(&semaphore, 0, 0)
          while !SleepingThreadTests.poll(descriptor, milliseconds: 0) {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            time.tv_sec += 1
            sem_timedwait(&semaphore, &time)
          }
        }
      }
    }

    private func run(_ body: @escaping () throws -> Void) throws {
      SleepingThread.prepare()
      try SavedSettings.runWithHeap { _ in try body() }
    }

    @Test(arguments: Way.allCases)
    func aSleepingThreadsHeapIsLent(way: Way) throws {
      try run {
        let sleeper = try Sleeper(sleep: { way.sleep($0) })
        let trimmed = sleeper.heap.pointee.activity.trimmedPageCount
        var seen: UInt = 0
        // A thread that happens to be awake for a moment is left alone.
        try ThreadView.await("a loan of the heap") {
          self.borrow(sleeper) { heap in
            seen = sleeper.slotWord
            heap.trim()
          }
        }
        try demand(seen == ace_slot_paused().address, "the slot was not at the empty heap meanwhile")
        try demand(sleeper.slotWord == UnsafeMutableRawPointer(sleeper.heap).address, "the slot was not put back")
        try demand(sleeper.heap.pointee.activity.trimmedPageCount > trimmed, "nothing was given back")
        for number in 1...Layout.classCount {
          try demand(sleeper.heap.front(SizeClass(number: number)).pointee.head == nil, "a front is not empty")
        }
        try sleeper.end()
      }
    }

    @Test func aRunningThreadIsRefused() throws {
      try run {
        let sleeper = try Sleeper(sleep: { descriptor in while !Self.poll(descriptor, milliseconds: 0) {} })
        for _ in 0..<200 {
          try demand(!self.borrow(sleeper), "the heap of a running thread was lent")
          try demand(sleeper.slotWord == UnsafeMutableRawPointer(sleeper.heap).address, "the slot was moved")
        }
        try sleeper.end()
      }
    }

    @Test func aThreadThatWaitsForALockOfAcesIsRefused() throws {
      try run {
        nonisolated(unsafe) var isTaken = false
        ace_take(ACE_LOCK_QUARANTINE)
        let sleeper = try Sleeper(sleep: { _ in
          ace_take(ACE_LOCK_QUARANTINE)
          isTaken = true
          ace_give(ACE_LOCK_QUARANTINE)
        })
        let futex = "\(SYS_futex) "
        try ThreadView.await("the thread's wait for the lock") {
          ThreadView.call(of: sleeper.identifier).hasPrefix(futex)
        }
        let wasLent = self.borrow(sleeper)
        ace_give(ACE_LOCK_QUARANTINE)
        try sleeper.end()
        try demand(!wasLent, "the heap of a thread inside of ACE was lent")
        try demand(isTaken, "the thread did not wait where it should")
      }
    }

    /// In a handler the thread may have been interrupted anywhere: its mask gives it away.
    @Test func aThreadWhoseMaskIsAnotherIsRefused() throws {
      try run {
        let sleeper = try Sleeper(sleep: { descriptor in
          var signals = sigset_t()
          var former = sigset_t()
          pthread_sigmask(SIG_BLOCK, nil, &signals)
          if sigismember(&signals, SIGUSR2) == 1 { sigdelset(&signals, SIGUSR2) } else { sigaddset(&signals, SIGUSR2) }
          pthread_sigmask(SIG_SETMASK, &signals, &former)
          _ = Self.poll(descriptor, milliseconds: -1)
          pthread_sigmask(SIG_SETMASK, &former, nil)
        })
        let number = "\(SYS_poll) "
        try ThreadView.await("the thread's sleep") { ThreadView.call(of: sleeper.identifier).hasPrefix(number) }
        let wasLent = self.borrow(sleeper)
        try sleeper.end()
        try demand(!wasLent, "the heap of a thread with another mask was lent")
      }
    }

    @Test func aHeapWithoutAThreadIsRefused() throws {
      try run {
        nonisolated(unsafe) var heap: HeapPointer?
        try TestThread.run { heap = try TestThread.attachedHeap() }
        guard let heap else { throw Finding(description: "no heap") }
        ace_take(ACE_LOCK_HEAPS)
        let wasLent = SleepingThread.borrow(heap) { _ in }
        ace_give(ACE_LOCK_HEAPS)
        try demand(!wasLent, "a dormant heap was lent as that of a thread")
      }
    }

    /// A thread that wakes while its heap is lent waits at its first allocation, and may free before.
    @Test(arguments: [false, true])
    func aThreadThatWakesMeanwhileWaits(freesFirst: Bool) throws {
      try run {
        let sleeper = try Sleeper(
          sleep: { _ = Self.poll($0, milliseconds: -1) },
          afterwards: { sleeper in
            if freesFirst { try sleeper.dropBlock() }
            deallocate(try TestThread.block(48))
            sleeper.heap.drain()
          })
        try ThreadView.await("the thread's sleep") { sleeper.isAsleep }
        let futex = "\(SYS_futex) "
        var isWaiting = false
        var wasWoken = true
        try ThreadView.await("a loan of the heap") {
          self.borrow(sleeper) { heap in
            sleeper.wake()
            for _ in 0..<20_000 where !isWaiting {
              isWaiting = ThreadView.call(of: sleeper.identifier).hasPrefix(futex)
              usleep(1_000)
            }
            heap.trim()
            wasWoken = sleeper.isWoken
          }
        }
        try sleeper.end()
        try demand(isWaiting && !wasWoken, "the thread did not wait for its heap")
      }
    }
  }
}
