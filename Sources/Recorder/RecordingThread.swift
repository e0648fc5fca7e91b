// SPDX-License-Identifier: MIT

import CRecorder

/// What the recorder keeps of a thread of the program.
///
/// Its memory belongs to one thread; after that has ended, to the next that is given it under the lock.
struct RecordingThread {
  /// First, because `recorder_absent_thread` stands in for it: a cursor and a limit.
  var encoder: RawEncoder
  /// Events until the next one with a stamp.
  private var eventsWithoutStamp: UInt32 = 0
  /// What `eventsWithoutStamp` begins with after each stamp: 0 in fine order.
  private let stampInterval: UInt32
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

  init(number: UInt32, kernelThread: Int32, stampInterval: UInt32) {
    self.number = number
    self.kernelThread = kernelThread
    self.stampInterval = stampInterval
    encoder = .withoutRoom
    sampler = Sampler(seed: UInt64(number))
  }

  /// The stamp of an event that happens now; nil where the order asks for none.
  @inline(__always)
  mutating func stamp() -> UInt64? {
    guard eventsWithoutStamp == 0 else {
      eventsWithoutStamp &-= 1
      return nil
    }
    eventsWithoutStamp = stampInterval
    return recorder_stamp()
  }

  /// Goes on in new space, after what was written so far is closed.
  mutating func enter(_ space: RecordingSpace, stamp: UInt64) {
    let events = space.start + RawSegment.headerByteCount
    encoder = RawEncoder(start: events, end: space.end, baseStamp: stamp)
    RawSegment.open(at: space.start, thread: number, sequence: segmentCount, baseStamp: stamp)
    segmentCount &+= 1
    eventsWithoutStamp = 0
    self.space = space
  }

  /// Closes the segment and returns what is left of its space.
  mutating func leave() -> RecordingSpace? {
    guard let space else { return nil }
    let byteCount = encoder.cursor - space.start - RawSegment.headerByteCount
    RawSegment.close(at: space.start, byteCount: UInt32(byteCount))
    encoder = .withoutRoom
    self.space = nil
    return RecordingSpace(start: space.start + RawSegment.stride(byteCount: byteCount), end: space.end)
  }
}
