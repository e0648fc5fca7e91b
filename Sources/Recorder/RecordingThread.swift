// SPDX-License-Identifier: MIT

import CRecorder

/// What the recorder keeps of a thread of the program.
///
/// Its memory belongs to one thread; after that has ended, to the next that is given it under the lock.
struct RecordingThread {
  /// First, because `recorder_absent_thread` stands in for it: a cursor and a limit.
  var encoder: RawEncoder
  /// Counts events, to tell which have stamps.
  private var eventCount: UInt32 = .max
  /// No other thread of the process has this number.
  let number: UInt32
  let kernelThread: Int32
  /// The segment that is being written, and the end of its chunk; nil when there is none.
  var space: RecordingSpace?
  var segmentCount: UInt32 = 0
  /// How many times the destructor of the thread's key was called.
  var destructorCallCount = 0
  var hasEnded = false
  /// The thread that ended after this one, while both wait to be used again.
  var nextEnded: UnsafeMutablePointer<RecordingThread>?
  var sampler: Sampler
  /// Bytes to the next one whose block gets a stack: below zero at every block, or never, where no sample is taken.
  private var remainingByteCount: Int64 = .max
  private var stackSampler: Sampler
  /// Nil when no stacks are recorded.
  let stacks: UnsafeMutablePointer<ThreadStacks>?

  init(number: UInt32, kernelThread: Int32, stacks: UnsafeMutablePointer<ThreadStacks>?) {
    self.number = number
    self.kernelThread = kernelThread
    encoder = .withoutRoom
    sampler = Sampler(seed: UInt64(number))
    stackSampler = Sampler(seed: UInt64(number) | 1 << 32)
    self.stacks = stacks
    if stacks != nil { drawNext() }
  }

  /// Whether a block of this size gets a stack.
  @inline(__always)
  mutating func wantsStack(size: Int) -> Bool {
    remainingByteCount &-= Int64(max(size, 1))
    return remainingByteCount < 0
  }

  /// The number of the stack of the call that a frame belongs to.
  mutating func takeStack(_ frame: UInt) -> UInt32 {
    drawNext()
    return stacks.map { $0.pointee.take(frame) } ?? 0
  }

  private mutating func drawNext() {
    // The distribution has no memory: how far a block went beyond the chosen byte does not matter.
    remainingByteCount =
      Stacks.kind == RawLayout.sampledStacks ? stackSampler.gap(mean: Stacks.intervalByteCount) : 0
  }

  /// The stamp of an event that happens now; nil where the order asks for none.
  @inline(__always)
  mutating func stamp() -> UInt64? {
    eventCount &+= 1
    return eventCount & recorder_control.stamp_mask == 0 ? recorder_stamp() : nil
  }

  /// Goes on in new space, after what was written so far is closed.
  mutating func enter(_ space: RecordingSpace, stamp: UInt64) {
    let events = space.start + RawSegment.headerByteCount
    encoder = RawEncoder(start: events, end: space.end, baseStamp: stamp)
    RawSegment.open(at: space.start, thread: number, sequence: segmentCount, baseStamp: stamp)
    segmentCount &+= 1
    // The first event of a segment has a stamp.
    eventCount = .max
    self.space = space
  }

  /// Closes the segment and returns what is left of its space.
  mutating func leave() -> RecordingSpace? {
    guard let space else { return nil }
    let byteCount = encoder.cursor - space.start - RawSegment.headerByteCount
    encoder = .withoutRoom
    self.space = nil
    guard byteCount > 0 else {
      RawSegment.withdraw(at: space.start)
      segmentCount &-= 1
      return space
    }
    RawSegment.close(at: space.start, byteCount: UInt32(byteCount))
    return RecordingSpace(start: space.start + RawSegment.stride(byteCount: byteCount), end: space.end)
  }
}
