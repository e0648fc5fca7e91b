// SPDX-License-Identifier: MIT

import Events

extension RawThreadCursor {
  /// A batch while it is being decoded.
  struct Filling {
    // Chosen: no recorder leaves so many events without a stamp; a hostile file shall not cost more memory than this.
    private static let untimedCapacity = 4096

    var batch: [Event]
    /// The first event that still has no time.
    var firstUntimed: Int
    var lastStamp: UInt64
    /// What went into a realloc that has not come out yet; 0 when there is none.
    var formerBlock: UInt64
    var hasEnded = false

    init(batch: [Event], firstUntimed: Int, lastStamp: UInt64, formerBlock: UInt64) {
      self.batch = batch
      self.firstUntimed = firstUntimed
      self.lastStamp = lastStamp
      self.formerBlock = formerBlock
    }

    var isUntimed: Bool { firstUntimed < batch.count }

    /// Decodes until the batch has so many events and all have times; false when the segment came to its end.
    mutating func take(
      from decoder: inout RawEventDecoder, until count: Int, stacks: RawStackIndex
    ) throws(RawEventDecoder.Defect) -> Bool {
      while batch.count < count || isUntimed {
        let raw = try decoder.next()
        switch raw.operation {
        case .end: return false
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
        if raw.stack != 0 {
          guard raw.operation != .free, raw.operation != .reallocOut, let stack = stacks.stack(raw.stack) else {
            throw RawEventDecoder.Defect(
              offset: decoder.offset, what: "a stack that is not defined, or of no allocation")
          }
          if raw.operation != .extended { batch[batch.count - 1].stack = stack }
        }
        if raw.hasStamp || batch.count - firstUntimed >= Self.untimedCapacity {
          spreadTimes(until: raw.stamp)
          lastStamp = max(lastStamp, raw.stamp)
        }
      }
      return true
    }

    /// Gives the events since the last stamp their times: the last one `stamp`, those before it evenly spread.
    mutating func spreadTimes(until stamp: UInt64) {
      let untimedCount = batch.count - firstUntimed
      let later = max(stamp, lastStamp)
      if untimedCount > 1 {
        let step = (later &- lastStamp) / UInt64(untimedCount)
        for index in firstUntimed..<batch.count {
          batch[index].nanoseconds = lastStamp &+ step &* UInt64(index - firstUntimed + 1)
        }
      }
      if untimedCount > 0 { batch[batch.count - 1].nanoseconds = later }
      firstUntimed = batch.count
    }

    private mutating func takeExtension(_ raw: RawEventDecoder.RawEvent) {
      switch raw.extension {
      case .threadEnd:
        hasEnded = true
        append(.threadEnd, raw)
      case .reallocFailed: formerBlock = 0
      case .lowBits, .stack: break
      }
    }

    private mutating func append(_ kind: Event.Kind, _ raw: RawEventDecoder.RawEvent) {
      batch.append(
        Event(
          kind, thread: 0, block: raw.address, formerBlock: kind == .realloc ? formerBlock : 0, size: raw.size,
          alignmentShift: raw.alignmentShift, nanoseconds: raw.stamp))
    }
  }
}
