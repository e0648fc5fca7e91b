// SPDX-License-Identifier: MIT

import Events

/// The events of one thread of a raw trace, in order, a batch at a time.
///
/// The halves of a realloc are joined at the time of the second; an event without a stamp gets a time evenly between
/// its neighbours that have one. Times are stamps here, not nanoseconds.
final class RawThreadCursor {
  // Chosen: enough to keep the decoder in its loop, and a few KiB for each thread that is alive at a time.
  private static let batchCapacity = 256

  private let file: TraceBytes
  private let segments: [RawSegmentIndex.Entry]
  private let stacks: RawStackIndex
  private var nextSegment = 0
  private var decoder: RawEventDecoder?
  private var batch: [Event] = []
  private var position = 0
  private var lastStamp: UInt64
  /// What went into a realloc that has not come out yet; 0 when there is none.
  private var formerBlock: UInt64 = 0
  /// The thread's place in the merged trace; nil before its first event.
  var index: UInt32?
  private(set) var hasEnded = false

  init(_ file: TraceBytes, segments: [RawSegmentIndex.Entry], stacks: RawStackIndex) {
    self.file = file
    self.segments = segments
    self.stacks = stacks
    lastStamp = segments.first?.baseStamp ?? 0
  }

  /// The earliest moment that the next event can have.
  var nextStamp: UInt64 { position < batch.count ? batch[position].nanoseconds : lastStamp }

  /// The next event, which stays the next until `advance()`; nil at the end of the thread.
  func next() throws(RawEventDecoder.Defect) -> Event? {
    while position == batch.count {
      batch.removeAll(keepingCapacity: true)
      position = 0
      guard try refill() else {
        batch = []
        return nil
      }
    }
    return batch[position]
  }

  func advance() { position += 1 }

  /// Decodes until the batch is full and its last event has a stamp; false when there is nothing more.
  private func refill() throws(RawEventDecoder.Defect) -> Bool {
    var filling = Filling(batch: batch, firstUntimed: 0, lastStamp: lastStamp, formerBlock: formerBlock)
    batch = []
    while filling.batch.count < Self.batchCapacity || filling.isUntimed {
      // Copied out and back: in a loop over local variables the compiler keeps them in registers.
      guard var current = decoder else {
        filling.spreadTimes(until: filling.lastStamp)
        if nextSegment > 0 { file.discard(segments[nextSegment - 1].events) }
        guard nextSegment < segments.count else { break }
        let segment = segments[nextSegment]
        decoder = RawEventDecoder(file.all, range: segment.events, isOpen: segment.isOpen, baseStamp: segment.baseStamp)
        filling.lastStamp = max(filling.lastStamp, segment.baseStamp)
        nextSegment += 1
        continue
      }
      let goesOn = try filling.take(from: &current, until: Self.batchCapacity, stacks: stacks)
      decoder = goesOn ? current : nil
    }
    lastStamp = filling.lastStamp
    formerBlock = filling.formerBlock
    hasEnded = hasEnded || filling.hasEnded
    batch = filling.batch
    return !batch.isEmpty
  }
}
