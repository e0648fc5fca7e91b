// SPDX-License-Identifier: MIT

import Events

/// A call in a malloc-bench trace: message `TraceLine`, one of whose fields 1 to 4 is set.
struct MallocBenchLine {
  /// The call, or nil when it did nothing (a free of no block).
  let event: Event?

  /// Reads the fields of a message that ends at an offset.
  init(_ content: inout ProtobufStream, end: UInt64) throws(TraceError) {
    var event: Event?
    while let (number, value) = try content.nextField(end: end) {
      guard case .message(let byteCount) = value, (1...4).contains(number) else {
        try content.skip(value)
        continue
      }
      let fields = try Self.readFields(&content, end: content.offset + byteCount)
      event = try Self.call(number, fields, content)
    }
    self.event = event
  }

  /// Fields 1 to 3 of a call; nil for those that are absent, which is not the same as 0 for a block.
  private static func readFields(
    _ content: inout ProtobufStream, end: UInt64
  ) throws(TraceError) -> [UInt64?] {
    var fields: [UInt64?] = [nil, nil, nil]
    while let (number, value) = try content.nextField(end: end) {
      guard case .number(let field) = value, (1...3).contains(number) else {
        try content.skip(value)
        continue
      }
      fields[Int(number) - 1] = field
    }
    return fields
  }

  /// The event of a call: 1 malloc(result, size, alignment), 2 free(input), 3 realloc(result, input, size),
  /// 4 calloc(result, count, size). A call without a result failed: it is no part of what a replay repeats.
  private static func call(
    _ number: UInt64, _ fields: [UInt64?], _ content: borrowing ProtobufStream
  ) throws(TraceError) -> Event? {
    let first = try block(fields[0], content)
    let second = number == 3 ? try block(fields[1], content) : 0
    if number == 2 { return first == 0 ? nil : Event(.free, thread: 0, block: first) }
    if number == 3, first == 0, second != 0, fields[2] ?? 0 == 0 { return Event(.free, thread: 0, block: second) }
    guard first != 0 else { return nil }
    let event: Event
    switch number {
    case 1:
      let alignment = fields[2] ?? 0
      guard alignment.nonzeroBitCount <= 1 else { throw content.fault("an alignment of \(alignment)") }
      event = Event(
        alignment > 0 ? .aligned : .malloc, thread: 0, block: first, size: fields[1] ?? 0,
        alignmentShift: alignment > 0 ? UInt8(alignment.trailingZeroBitCount) : 0)
    case 3:
      event = Event(
        second == 0 ? .malloc : .realloc, thread: 0, block: first, formerBlock: second, size: fields[2] ?? 0)
    default:
      let (size, overflows) = (fields[1] ?? 0).multipliedReportingOverflow(by: fields[2] ?? 0)
      guard !overflows else { throw content.fault("a calloc of more than 64 bits of bytes") }
      event = Event(.calloc, thread: 0, block: first, size: size)
    }
    guard event.size <= PackedFormat.sizeLimit, event.alignmentShift <= PackedFormat.alignmentShiftLimit else {
      throw content.fault("a request of \(event.size) bytes at alignment shift \(event.alignmentShift)")
    }
    return event
  }

  /// The name of a block: its number plus one, because theirs begin at 0 and 0 names none here.
  private static func block(_ number: UInt64?, _ content: borrowing ProtobufStream) throws(TraceError) -> UInt64 {
    guard let number else { return 0 }
    guard number < .max else { throw content.fault("a block of number \(number)") }
    return number + 1
  }
}
