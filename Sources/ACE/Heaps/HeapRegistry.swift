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
  /// Heaps in use of which `isOfEndingThread` is true.
  private nonisolated(unsafe) static var endingCount: UInt64 = 0
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

  /// Gives the calling thread a heap, one that a thread has left or a new one; nil when there is no memory for one.
  static func attach() -> HeapPointer? {
    let thread = ace_thread_identifier()
    ace_take(ACE_LOCK_HEAPS)
    // It may be in the last round of its destructors.
    let isEnding = ace_slot_get() == ace_slot_ended()
    let heap = wake() ?? takeFromEnded() ?? make()
    if let heap {
      heap.pointee.thread = thread
      heap.pointee.isOfEndingThread = isEnding
      if isEnding { endingCount &+= 1 }
    }
    ace_give(ACE_LOCK_HEAPS)
    guard let heap else { return nil }
    // Before what may allocate.
    ace_slot_set(heap)
    ace_thread_key_set(heap)
    return heap
  }

  /// The thread that used a heap has ended, or will use it no more.
  static func detach(_ heap: HeapPointer) {
    ace_slot_set(ace_slot_ended())
    heap.pointee.outbox.postAll()
    heap.drain()
    heap.giveBackSpares()
    if dormantCount >= warmLimit { heap.flush() }
    ace_take(ACE_LOCK_HEAPS)
    if heap.pointee.isOfEndingThread { endingCount &-= 1 }
    heap.pointee.isOfEndingThread = false
    heap.pointee.isDormant = true
    heap.pointee.nextDormant = firstDormant
    firstDormant = heap
    dormantCount &+= 1
    ace_give(ACE_LOCK_HEAPS)
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

  /// In a forked child no other thread is there to end, and their heaps may have been in the midst of anything: they stay as
  /// they are, take frees, and are never taken over. Dormant heaps are whole.
  static func forgetEndingThreads() {
    endingCount = 0
    var next = firstOfAll
    while let heap = next {
      heap.pointee.isOfEndingThread = false
      next = heap.pointee.nextOfAll
    }
  }

  /// A heap that a thread took in its last moments, after the last of its destructors that would have told; nil when there is
  /// none whose thread is gone.
  private static func takeFromEnded() -> HeapPointer? {
    if endingCount == 0 { return nil }
    var next = firstOfAll
    while let heap = next {
      next = heap.pointee.nextOfAll
      guard heap.pointee.isOfEndingThread, ace_thread_is_gone(heap.pointee.thread) else { continue }
      endingCount &-= 1
      adoptionCount &+= 1
      return heap
    }
    return nil
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
