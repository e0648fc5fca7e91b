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

  init(number: UInt32, kernelThread: Int32) {
    self.number = number
    self.kernelThread = kernelThread
    encoder = .withoutRoom
    sampler = Sampler(seed: UInt64(number))
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
