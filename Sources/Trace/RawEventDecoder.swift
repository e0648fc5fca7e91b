// SPDX-License-Identifier: MIT

/// Reads the events of one segment, in step with the `RawEncoder` that wrote them.
struct RawEventDecoder {
  /// An event as it stands in the file.
  struct RawEvent {
    var operation = RawOperation.end
    /// What an extended event is.
    var `extension` = RawExtension.threadEnd
    var hasStamp = false
    var alignmentShift: UInt8 = 0
    var address: UInt64 = 0
    var size: UInt64 = 0
    /// The event's stamp, or the latest one before it.
    var stamp: UInt64 = 0
    /// The stack of an allocation, as the file numbers stacks; 0 when it has none.
    var stack: UInt64 = 0
  }

  /// What was wrong, and where in the file.
  struct Defect: Error {
    var offset: Int
    var what: String
  }

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset: Int
  private let end: Int
  /// Whether the segment may end before `end`, with a zero byte.
  private let isOpen: Bool
  private var lastAddress: UInt64 = 0
  private var lastStamp: UInt64
  private var lowBits: UInt64 = 0
  private var cache = RawAddressCache()

  /// A decoder of the events in `range` of a file.
  init(_ bytes: UnsafeRawBufferPointer, range: Range<Int>, isOpen: Bool, baseStamp: UInt64) {
    self.bytes = bytes
    offset = range.lowerBound
    end = range.upperBound
    self.isOpen = isOpen
    lastStamp = baseStamp
  }

  /// The next event; one of operation `end` at the end, as often as it is asked for.
  mutating func next() throws(Defect) -> RawEvent {
    var event = RawEvent()
    while true {
      event.stamp = lastStamp
      guard offset < end else { return event }
      let start = offset
      let opcode = bytes[start]
      // Three bits name eight operations.
      let operation = RawOperation(rawValue: opcode & 7) ?? .end
      guard operation != .end else {
        guard isOpen, opcode == 0 else { throw Defect(offset: start, what: "a zero operation among events") }
        return event
      }
      offset += 1
      event.operation = operation
      event.hasStamp = opcode & 0x80 != 0
      if event.hasStamp {
        lastStamp &+= try number() &<< RawLayout.stampShift
        event.stamp = lastStamp
      }
      let slot = opcode &>> 3 & 15
      guard operation != .extended else {
        guard let `extension` = RawExtension(rawValue: slot) else {
          throw Defect(offset: start, what: "an unknown kind of event")
        }
        event.extension = `extension`
        switch `extension` {
        case .threadEnd, .reallocFailed: return event
        case .lowBits: lowBits = UInt64(try byte() & 15)
        case .stack: event.stack = try number()
        }
        continue
      }
      event.address = try address(slot: slot)
      guard event.address != 0 else { throw Defect(offset: start, what: "an event of no block") }
      if operation == .aligned {
        event.alignmentShift = try byte()
        guard event.alignmentShift < 48 else { throw Defect(offset: start, what: "an impossible alignment") }
      }
      if operation != .free, operation != .reallocOut {
        event.size = try number()
        guard event.size <= RawLayout.largestSize else { throw Defect(offset: start, what: "an impossible size") }
      }
      return event
    }
  }

  private mutating func address(slot: UInt8) throws(Defect) -> UInt64 {
    var address = cache[Int(slot)]
    if slot == RawAddressCache.literalSlot {
      let zigzag = try number()
      let difference = (zigzag &>> 1) ^ (0 &- (zigzag & 1))
      address = (((lastAddress &>> 4) &+ difference) &<< 4) | lowBits
      cache[RawAddressCache.slot(of: address)] = address
    }
    lowBits = 0
    lastAddress = address
    return address
  }

  private mutating func byte() throws(Defect) -> UInt8 {
    guard offset < end else { throw Defect(offset: offset, what: "an event goes beyond its segment") }
    defer { offset += 1 }
    return bytes[offset]
  }

  private mutating func number() throws(Defect) -> UInt64 {
    guard offset < end else { throw Defect(offset: offset, what: "an event goes beyond its segment") }
    let byteCount = RawVariableInteger.byteCount(firstByte: bytes[offset])
    guard byteCount <= 8, offset + byteCount <= end else {
      throw Defect(offset: offset, what: "a number that is too long")
    }
    var word: UInt64 = 0
    if offset + 8 <= bytes.count {
      word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    } else {
      for index in 0..<byteCount { word |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    }
    offset += byteCount
    return RawVariableInteger.decode(word, byteCount: byteCount)
  }
}
