// SPDX-License-Identifier: MIT

import Events

/// The events of one thread of a raw trace, in order, a batch at a time.
///
/// The halves of a realloc are joined at the time of the second; an event without a stamp gets a time evenly between
/// its neighbours that have one. Times are stamps here, not nanoseconds.
final class RawThreadCursor {
  // Chosen: enough to keep the decoder in its loop, and a few KiB for each thread that is alive at a time.
  private static let batchCapacity = 256
  // Chosen: no recorder leaves so many events without a stamp, and a hostile file could not do with less memory.
  private static let untimedCapacity = 4096

  private let bytes: UnsafeRawBufferPointer
  private let segments: [RawSegmentIndex.Entry]
  private var nextSegment = 0
  private var decoder: RawEventDecoder?
  private var batch: [Event] = []
  private var position = 0
  /// The first event of the batch that still has no time.
  private var firstUntimed = 0
  private var lastStamp: UInt64
  /// What went into a realloc that has not come out yet; 0 when there is none.
  private var formerBlock: UInt64 = 0
  /// The thread's place in the merged trace; nil before its first event.
  var index: UInt32?
  private(set) var hasEnded = false

  init(_ bytes: UnsafeRawBufferPointer, segments: [RawSegmentIndex.Entry]) {
    self.bytes = bytes
    self.segments = segments
    lastStamp = segments.first?.baseStamp ?? 0
  }

  /// The earliest moment that the next event can have.
  var nextStamp: UInt64 { position < batch.count ? batch[position].nanoseconds : lastStamp }

  /// The next event, which stays the next until `advance()`; nil at the end of the thread.
  func next() throws(RawEventDecoder.Defect) -> Event? {
    while position == batch.count {
      batch.removeAll(keepingCapacity: true)
      position = 0
      firstUntimed = 0
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
    batch.reserveCapacity(Self.batchCapacity)
    while batch.count < Self.batchCapacity || firstUntimed < batch.count {
      guard decoder != nil else {
        spreadTimes(until: lastStamp)
        if nextSegment > 0 { drop(segments[nextSegment - 1].events) }
        guard nextSegment < segments.count else { return !batch.isEmpty }
        let segment = segments[nextSegment]
        decoder = RawEventDecoder(
          bytes, range: segment.events, isOpen: segment.isOpen, baseStamp: segment.baseStamp)
        lastStamp = max(lastStamp, segment.baseStamp)
        nextSegment += 1
        continue
      }
      if batch.count >= Self.untimedCapacity { spreadTimes(until: lastStamp) }
      try decodeOne()
    }
    return true
  }

  private func decodeOne() throws(RawEventDecoder.Defect) {
    guard let raw = try decoder?.next() else { return }
    switch raw.operation {
    case .end:
      decoder = nil
      return
    case .malloc: append(.malloc, raw)
    case .calloc: append(.calloc, raw)
    case .aligned: append(.aligned, raw)
    case .free: append(.free, raw)
    case .reallocOut: formerBlock = raw.address
    case .reallocIn:
      append(formerBlock == 0 ? .malloc : .realloc, raw)
      formerBlock = 0
    case .extended: takeExtension(raw)
    }
    if raw.hasStamp {
      spreadTimes(until: raw.stamp)
      lastStamp = max(lastStamp, raw.stamp)
    }
  }

  private func takeExtension(_ raw: RawEventDecoder.RawEvent) {
    switch raw.extension {
    case .threadEnd:
      hasEnded = true
      append(.threadEnd, raw)
    case .reallocFailed: formerBlock = 0
    case .lowBits: break
    }
  }

  private func append(_ kind: Event.Kind, _ raw: RawEventDecoder.RawEvent) {
    batch.append(
      Event(
        kind, thread: 0, block: raw.address, formerBlock: kind == .realloc ? formerBlock : 0, size: raw.size,
        alignmentShift: raw.alignmentShift, nanoseconds: raw.stamp))
  }

  /// Gives the events since the last stamp their times: the last one `stamp`, those before it evenly spread.
  private func spreadTimes(until stamp: UInt64) {
    let count = UInt64(batch.count - firstUntimed)
    guard count > 0 else { return }
    let later = max(stamp, lastStamp)
    for index in firstUntimed..<batch.count {
      let step = UInt64(index - firstUntimed + 1)
      batch[index].nanoseconds = lastStamp &+ (later &- lastStamp) / count &* step
    }
    batch[batch.count - 1].nanoseconds = later
    firstUntimed = batch.count
  }

  /// Gives the memory of events that were read back to the system.
  private func drop(_ events: Range<Int>) {
    RawMapping.drop(UnsafeRawBufferPointer(rebasing: bytes[events]))
  }
}
