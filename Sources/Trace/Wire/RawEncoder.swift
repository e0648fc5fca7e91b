// SPDX-License-Identifier: MIT

import Synchronization

/// Writes the events of one segment.
///
/// An event exists from the moment its first byte is stored, which is the last store: whatever ends the program, the
/// segment is whole up to a zero byte. The owner makes sure that `hasRoom` before every event.
struct RawEncoder {
  /// No event is longer, nor are the bytes stored for it.
  static let largestEventByteCount = 64

  private(set) var cursor: UnsafeMutableRawPointer
  /// The last address at which an event may begin.
  private var limit: UnsafeMutableRawPointer
  private var lastAddress: UInt64 = 0
  private var lastStamp: UInt64
  private var cache = RawAddressCache()

  /// An encoder for zeroed memory from `start` to `end`.
  init(start: UnsafeMutableRawPointer, end: UnsafeMutableRawPointer, baseStamp: UInt64) {
    cursor = start
    limit = end - Self.largestEventByteCount
    lastStamp = baseStamp
  }

  @inline(__always)
  var hasRoom: Bool { cursor <= limit }

  /// Lets one event more be written, and then no other until there is a new encoder.
  mutating func limitToOneEvent() { limit = cursor }

  /// Writes an event of a block.
  ///
  /// - Parameters:
  ///   - size: bytes asked for; nil for frees.
  ///   - stamp: when it happened; nil leaves the event without a stamp.
  ///   - alignmentShift: only of `aligned`.
  ///   - stack: only of allocations; 0 for none.
  @inline(__always)
  mutating func append(
    _ operation: RawOperation, address: UInt64, size: UInt64? = nil, alignmentShift: UInt8? = nil,
    stack: UInt32 = 0, stamp: UInt64?
  ) {
    if stack != 0 { append(stack: stack) }
    let slot = RawAddressCache.slot(of: address)
    let isCached = cache[slot] == address
    if address & 15 != 0, !isCached { appendLowBits(UInt8(truncatingIfNeeded: address & 15)) }
    let start = cursor
    var opcode = operation.rawValue
    var next = start + 1
    if let stamp {
      next = append(stamp: stamp, at: next)
      opcode |= 0x80
    }
    if isCached {
      opcode |= UInt8(truncatingIfNeeded: slot) &<< 3
    } else {
      opcode |= RawAddressCache.literalSlot &<< 3
      cache[slot] = address
      let difference = Int64(bitPattern: (address &>> 4) &- (lastAddress &>> 4))
      let zigzag = UInt64(bitPattern: (difference &<< 1) ^ (difference &>> 63))
      next = RawVariableInteger.store(zigzag, at: next)
    }
    lastAddress = address
    if let alignmentShift {
      next.storeBytes(of: alignmentShift, as: UInt8.self)
      next += 1
    }
    if let size { next = RawVariableInteger.store(size, at: next) }
    finish(start, opcode: opcode)
    cursor = next
  }

  /// Writes an event that is of no block.
  mutating func append(_ extension: RawExtension, stamp: UInt64) {
    let start = cursor
    cursor = append(stamp: stamp, at: start + 1)
    finish(start, opcode: RawOperation.extended.rawValue | `extension`.rawValue &<< 3 | 0x80)
  }

  private mutating func appendLowBits(_ bits: UInt8) {
    let start = cursor
    (start + 1).storeBytes(of: bits, as: UInt8.self)
    finish(start, opcode: RawOperation.extended.rawValue | RawExtension.lowBits.rawValue &<< 3)
    cursor = start + 2
  }

  @inline(__always)
  private mutating func append(stack: UInt32) {
    let start = cursor
    cursor = RawVariableInteger.store(UInt64(stack), at: start + 1)
    finish(start, opcode: RawOperation.extended.rawValue | RawExtension.stack.rawValue &<< 3)
  }

  @inline(__always)
  private mutating func append(stamp: UInt64, at pointer: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer {
    // A thread that moved to another core can read a counter that is a little behind.
    let elapsed = UInt64(max(Int64(bitPattern: stamp &- lastStamp), 0)) &>> RawLayout.stampShift
    lastStamp &+= elapsed &<< RawLayout.stampShift
    return RawVariableInteger.store(elapsed, at: pointer)
  }

  /// Stores the first byte, after everything else.
  @inline(__always)
  private func finish(_ start: UnsafeMutableRawPointer, opcode: UInt8) {
    start.assumingMemoryBound(to: Atomic<UInt8>.self).pointee.store(opcode, ordering: .releasing)
  }
}
