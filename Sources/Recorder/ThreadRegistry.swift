// SPDX-License-Identifier: MIT

import CRecorder

/// The threads of the program that have made events, and the space that those which ended have left. Everything here
/// happens under the lock.
enum ThreadRegistry {
  private typealias ThreadPointer = UnsafeMutablePointer<RecordingThread>

  // Chosen: the memory of some two hundred threads at a time.
  private static let slabByteCount = 1 << 16
  private static let threadStride = (MemoryLayout<RecordingThread>.stride + 63) & ~63
  // Chosen: space left by more threads than this at a time is given up.
  private static let spareCapacity = 64

  private nonisolated(unsafe) static var key: pthread_key_t = 0
  private nonisolated(unsafe) static var hasKey = false
  private nonisolated(unsafe) static var isCoarse = false
  private nonisolated(unsafe) static var startedCount: UInt32 = 0
  private nonisolated(unsafe) static var slab: UnsafeMutableRawPointer?
  private nonisolated(unsafe) static var slabRemainder = 0
  /// Threads that ended, the earliest first: their memory is used again once the kernel no longer knows them.
  private nonisolated(unsafe) static var firstEnded: ThreadPointer?
  private nonisolated(unsafe) static var lastEnded: ThreadPointer?
  private nonisolated(unsafe) static var spares = InlineArray<64, RecordingSpace?>(repeating: nil)
  private nonisolated(unsafe) static var spareCount = 0

  static func prepare(isCoarse: Bool) {
    self.isCoarse = isCoarse
    recorder_control.stamp_mask = (isCoarse ? RawLayout.coarseInterval : RawLayout.soleThreadInterval) - 1
    // One of the first keys of a program, which have their storage in the thread: setting it does not allocate.
    if !hasKey { hasKey = pthread_key_create(&key) { recorderThreadDestructor($0) } == 0 }
  }

  /// The memory of a thread that makes its first event; nil when there is none.
  static func start() -> UnsafeMutablePointer<RecordingThread>? {
    let reused = reusable()
    guard let thread = reused ?? fresh() else { return nil }
    var stacks = reused?.pointee.stacks
    if let stacks { stacks.pointee.passOn() }
    if stacks == nil, Stacks.kind != 0 { stacks = ThreadStacks.make() }
    thread.initialize(
      to: RecordingThread(number: startedCount, kernelThread: recorder_thread_identifier(), stacks: stacks))
    startedCount &+= 1
    // From the second thread on it takes stamps to know the order of events.
    if startedCount == 2, !isCoarse { recorder_control.stamp_mask = 0 }
    recorder_thread_set(thread)
    if hasKey { pthread_setspecific(key, thread) }
    return thread
  }

  /// Asks for another call of the thread's destructor.
  static func keep(_ thread: UnsafeMutablePointer<RecordingThread>) { pthread_setspecific(key, thread) }

  /// Gives a thread space to write into; false when there is none.
  static func extend(_ thread: UnsafeMutablePointer<RecordingThread>) -> Bool {
    if let rest = thread.pointee.leave() {
      // A thread that has ended has come back with one event more.
      if thread.pointee.hasEnded { release(rest) } else { munmap(rest.chunk, RawLayout.chunkByteCount) }
    }
    guard let space = takeSpare() ?? TraceFile.claimChunk() else { return false }
    thread.pointee.enter(space, stamp: recorder_stamp())
    TraceHeader.update()
    return true
  }

  /// Whether more than one thread has made an event so far.
  static var hasSeveralThreads: Bool { startedCount > 1 }

  /// Writes down what the calling thread has counted.
  static func flushCounts() { stacksOfCaller?.pointee.flushCounts() }

  /// Lets the calling thread unwind for the first time, if it has made an event already.
  static func warmUpCaller() { stacksOfCaller?.pointee.warmUp() }

  /// What the calling thread keeps of stacks; nil when it has made no event, or none are recorded.
  private static var stacksOfCaller: UnsafeMutablePointer<ThreadStacks>? {
    let slot = recorder_thread_get()
    guard slot != recorder_thread_absent(), slot != recorder_thread_muted() else { return nil }
    return slot.assumingMemoryBound(to: RecordingThread.self).pointee.stacks
  }

  /// Takes note that a thread has made what should be its last event.
  static func end(_ thread: UnsafeMutablePointer<RecordingThread>) {
    thread.pointee.hasEnded = true
    if let stacks = thread.pointee.stacks { stacks.pointee.flushCounts() }
    if let rest = thread.pointee.leave() { release(rest) }
    enqueue(thread)
  }

  private static func enqueue(_ thread: UnsafeMutablePointer<RecordingThread>) {
    thread.pointee.nextEnded = nil
    if let lastEnded { lastEnded.pointee.nextEnded = thread } else { firstEnded = thread }
    lastEnded = thread
  }

  /// Forgets, in a forked child, what belongs to its parent.
  static func forgetParent() {
    recorder_lock_reset()
    let own = recorder_thread_get()
    if own != recorder_thread_absent() {
      let thread = own.assumingMemoryBound(to: RecordingThread.self)
      if let space = thread.pointee.space { munmap(space.chunk, RawLayout.chunkByteCount) }
    }
    for index in 0..<spareCount {
      if let spare = spares[index] { munmap(spare.chunk, RawLayout.chunkByteCount) }
    }
    spareCount = 0
    // What other threads had stays where it is: they may have been in the midst of changing it.
    slab = nil
    slabRemainder = 0
    firstEnded = nil
    lastEnded = nil
    startedCount = 0
    recorder_thread_set(recorder_thread_absent())
    if hasKey { pthread_setspecific(key, nil) }
  }

  private static func release(_ space: RecordingSpace) {
    if space.isWorthwhile, spareCount < spareCapacity {
      spares[spareCount] = space
      spareCount += 1
    } else {
      munmap(space.chunk, RawLayout.chunkByteCount)
    }
  }

  private static func takeSpare() -> RecordingSpace? {
    guard spareCount > 0 else { return nil }
    spareCount -= 1
    return spares[spareCount]
  }

  private static func reusable() -> ThreadPointer? {
    guard let ended = firstEnded else { return nil }
    firstEnded = ended.pointee.nextEnded
    if firstEnded == nil { lastEnded = nil }
    guard recorder_thread_is_gone(ended.pointee.kernelThread) != 0 else {
      // It is still ending, and may be writing one event more, or its number has been given to another.
      enqueue(ended)
      return nil
    }
    // An event that it made after its end has left it with space.
    if let rest = ended.pointee.leave() { release(rest) }
    return ended
  }

  private static func fresh() -> ThreadPointer? {
    if slabRemainder < threadStride {
      let memory = mmap(nil, slabByteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard recorder_map_failed(memory) == 0 else { return nil }
      slab = memory
      slabRemainder = slabByteCount
    }
    slabRemainder -= threadStride
    return slab.map { ($0 + slabRemainder).assumingMemoryBound(to: RecordingThread.self) }
  }
}
