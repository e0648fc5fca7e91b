// SPDX-License-Identifier: MIT

import Events

/// A place in a column of a decompressed frame.
struct ColumnCursor {
  private var position: Int
  private let end: Int

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  var remaining: Int { end - position }

  @inline(__always)
  mutating func byte(of content: borrowing FlatArray<UInt8>) throws(FrameFault) -> UInt8 {
    guard position < end else { throw FrameFault("a column ends early") }
    position &+= 1
    return content[position &- 1]
  }

  mutating func varint(of content: borrowing FlatArray<UInt8>) throws(FrameFault) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = try byte(of: content)
      guard shift < 63 || byte <= 1 else { throw FrameFault("a number has more than 64 bits") }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// A varint that fits 32 bits.
  mutating func smallVarint(of content: borrowing FlatArray<UInt8>) throws(FrameFault) -> UInt32 {
    guard let value = UInt32(exactly: try varint(of: content)) else {
      throw FrameFault("a number has more than 32 bits")
    }
    return value
  }

  mutating func size(of content: borrowing FlatArray<UInt8>) throws(FrameFault) -> UInt64 {
    let size = try varint(of: content)
    guard size <= PackedFormat.sizeLimit else { throw FrameFault("a request of \(size) bytes") }
    return size
  }

  mutating func alignmentShift(of content: borrowing FlatArray<UInt8>) throws(FrameFault) -> UInt8 {
    let shift = try byte(of: content)
    guard shift <= PackedFormat.alignmentShiftLimit else { throw FrameFault("an alignment of 2 to the \(shift)") }
    return shift
  }

  mutating func request(of content: borrowing FlatArray<UInt8>) throws(FrameFault) -> AllocationRequest {
    guard let kind = Event.Kind(rawValue: try byte(of: content)), kind.isAllocation, kind != .realloc else {
      throw FrameFault("a request of no known kind")
    }
    let size = try size(of: content)
    let alignmentShift = kind == .aligned ? try alignmentShift(of: content) : 0
    return AllocationRequest(size: size, kind: kind.rawValue, alignmentShift: alignmentShift)
  }

  /// Takes the next bytes, which must be there, as a column of their own.
  mutating func split(_ byteCount: Int) -> ColumnCursor {
    position += byteCount
    return ColumnCursor(position - byteCount..<position)
  }

  /// All that is left, as UTF-8; what is not well-formed is replaced.
  func text(of content: borrowing FlatArray<UInt8>) -> String {
    content.withUnsafeBytes { String(decoding: $0[position..<end], as: UTF8.self) }
  }
}
