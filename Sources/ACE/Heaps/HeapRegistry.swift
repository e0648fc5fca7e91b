// SPDX-License-Identifier: MIT

import CACE

/// All heaps, and which of them wait for a thread. Changed under the heaps' lock; counts are also read without it.
///
/// Heaps are never given back: a thread that ends leaves its heap dormant, with its lists and live blocks, and the next
/// thread that begins goes on with it. So live blocks of ended threads always have an owner whose inbox takes them back.
enum HeapRegistry {
  // Chosen: dormant heaps that keep their lists, for programs that start and end threads all the time.
  private static let warmLimit = 4

  private(set) nonisolated(unsafe) static var firstOfAll: HeapPointer?
  private(set) nonisolated(unsafe) static var count: UInt64 = 0
  private(set) nonisolated(unsafe) static var dormantCount: UInt64 = 0
  private(set) nonisolated(unsafe) static var adoptionCount: UInt64 = 0
  /// In a forked child, heaps of threads that it does not have.
  private nonisolated(unsafe) static var lostCount: UInt64 = 0
  private nonisolated(unsafe) static var firstDormant: HeapPointer?
  private nonisolated(unsafe) static var hasBegun = false

  /// Does what must be done once before the first heap.
  static func begin() {
    if hasBegun { return }
    ace_take(ACE_LOCK_HEAPS)
    if !hasBegun {
      Settings.read()
      Span.settle()
      ace_thread_key_create()
      if Settings.asksForChecks { Gate.close() }
      hasBegun = true
    }
    ace_give(ACE_LOCK_HEAPS)
  }

  /// Gives the calling thread a heap, one that a thread has left or a new one; nil when there is no memory for one. A thread
  /// that has been told to end has it for one call only, as nobody would tell when its last destructor has run.
  static func attach() -> HeapPointer? {
    while isThreadPaused { awaitWorker() }
    // The worker may have put the heap back since the slot was read as empty.
    let own = HeapPointer.ofThread
    if !own.isEmpty { return own }
    let isEnding = isThreadEnding
    let user = HeapUser.current()
    ace_take(ACE_LOCK_HEAPS)
    let heap = wake() ?? make()
    heap?.pointee.user = user
    ace_give(ACE_LOCK_HEAPS)
    guard let heap else { return nil }
    // Before what may allocate.
    ace_slot_set(heap)
    if !isEnding {
      ace_thread_key_set(heap)
      Worker.begin(byNewThread: true)
    }
    return heap
  }

  /// Heaps that a thread uses.
  static var usedCount: UInt64 { count &- dormantCount &- lostCount }

  /// Whether the worker is looking after the calling thread's heap.
  private static var isThreadPaused: Bool { ace_slot_get() == ace_slot_paused() }

  /// Waits until the calling thread has its heap again: the worker holds the lock for as long as it has it.
  private static func awaitWorker() {
    ace_take(ACE_LOCK_HEAPS)
    ace_give(ACE_LOCK_HEAPS)
  }

  /// In a forked child: the heaps of the parent's other threads have no user, and nobody knows what state they are in.
  static func forgetOtherThreads() {
    let own = HeapPointer.ofThread
    var next = firstOfAll
    lostCount = 0
    while let heap = next {
      next = heap.pointee.nextOfAll
      if heap == own {
        heap.pointee.user = .current()
      } else if !heap.pointee.isDormant {
        heap.pointee.user = HeapUser()
        lostCount &+= 1
      }
    }
  }

  /// Whether the calling thread has been told to end.
  static var isThreadEnding: Bool { ace_slot_get() == ace_slot_ended() }

  /// The thread that used a heap has been told to end.
  static func detach(_ heap: HeapPointer) {
    while isThreadPaused { awaitWorker() }
    heap.pointee.outbox.postAll()
    heap.drain()
    heap.giveBackSpares()
    if dormantCount >= warmLimit { heap.flush() }
    leaveDormant(heap)
  }

  /// Parts the calling, ending thread from a heap, as it is.
  static func leaveDormant(_ heap: HeapPointer) {
    ace_slot_set(ace_slot_ended())
    ace_take(ACE_LOCK_HEAPS)
    heap.pointee.isDormant = true
    heap.pointee.user = HeapUser()
    heap.pointee.nextDormant = firstDormant
    firstDormant = heap
    dormantCount &+= 1
    let isLast = usedCount == 0
    ace_give(ACE_LOCK_HEAPS)
    // The worker must not keep a program that has no thread left.
    if isLast, Worker.isRunning { ace_wake_worker() }
  }

  /// Before the pool makes another superslab: slabs of dormant heaps that have become empty since, by frees of other
  /// threads, go to the pool.
  static func reclaimFromDormantHeaps() {
    if dormantCount == 0 { return }
    ace_take(ACE_LOCK_HEAPS)
    var next = firstDormant
    while let heap = next {
      next = heap.pointee.nextDormant
      if ace_load(heap.inbox) != 0 {
        heap.drain()
        heap.giveBackSpares()
      }
    }
    ace_give(ACE_LOCK_HEAPS)
  }

  /// Empties the lists of all dormant heaps, because there is no memory.
  static func flushDormantHeaps() {
    ace_take(ACE_LOCK_HEAPS)
    defer { ace_give(ACE_LOCK_HEAPS) }
    var next = firstDormant
    while let heap = next {
      next = heap.pointee.nextDormant
      heap.flush()
    }
  }

  /// Every heap that was ever made. What is read of a heap in use is right for some moment only.
  static func forEach(_ body: (HeapPointer) -> Void) {
    ace_take(ACE_LOCK_HEAPS)
    defer { ace_give(ACE_LOCK_HEAPS) }
    var next = firstOfAll
    while let heap = next {
      body(heap)
      next = heap.pointee.nextOfAll
    }
  }

  private static func wake() -> HeapPointer? {
    guard let heap = firstDormant else { return nil }
    firstDormant = heap.pointee.nextDormant
    heap.pointee.nextDormant = nil
    heap.pointee.isDormant = false
    dormantCount &-= 1
    adoptionCount &+= 1
    return heap
  }

  private static func make() -> HeapPointer? {
    let stride = Layout.roundUp(UInt(MemoryLayout<Heap>.size), to: 128)
    let end = (UInt(count) &+ 1) &* stride
    // Fresh memory is an empty heap: it is not written, so that what a thread does not use is not touched.
    guard Span.commit(&Span.heaps, end, step: 16 << 10) else { return nil }
    let heap = HeapPointer(bitPattern: Span.heaps.start &+ end &- stride).unsafelyUnwrapped
    heap.pointee.nextOfAll = firstOfAll
    firstOfAll = heap
    count &+= 1
    return heap
  }
}
