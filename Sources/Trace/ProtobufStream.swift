// SPDX-License-Identifier: MIT

/// The fields of a protobuf message that is read as a stream.
///
/// Source of the encoding: Protocol Buffers documentation, "Encoding". Groups, which proto2 deprecates, are refused.
struct ProtobufStream: ~Copyable {
  /// The value of a field. A message is not read yet: its fields follow, until `offset` reaches its end.
  enum Value {
    case number(UInt64)
    case message(byteCount: UInt64)
  }

  private var input: GzipStream
  /// Bytes of the content that have been read.
  private(set) var offset: UInt64 = 0

  init(_ bytes: TraceBytes) throws(TraceError) { input = try GzipStream(bytes) }

  func fault(_ what: String) -> TraceError { input.fault(what) }

  /// The next field of a message that ends at `end`, or nil at its end; nil for `end` stands for that of the content.
  mutating func nextField(end: UInt64?) throws(TraceError) -> (number: UInt64, value: Value)? {
    if let end {
      guard offset <= end else { throw fault("a field is longer than its message") }
      if offset == end { return nil }
    }
    guard let first = try input.next() else {
      guard end == nil else { throw fault("a message ends early") }
      return nil
    }
    offset += 1
    let tag = try varint(first)
    guard tag >> 3 > 0 else { throw fault("a field has the number 0") }
    switch tag & 7 {
    case 0: return (tag >> 3, .number(try varint(byte())))
    case 1: return (tag >> 3, .number(try fixed(byteCount: 8)))
    case 2:
      let byteCount = try varint(byte())
      let limit = end ?? UInt64(Int64.max)
      guard offset <= limit, byteCount <= limit - offset else { throw fault("a field is longer than its message") }
      return (tag >> 3, .message(byteCount: byteCount))
    case 5: return (tag >> 3, .number(try fixed(byteCount: 4)))
    default: throw fault("a field of wire type \(tag & 7)")
    }
  }

  /// Passes over a value that is of no interest.
  mutating func skip(_ value: Value) throws(TraceError) {
    guard case .message(let byteCount) = value else { return }
    for _ in 0..<byteCount { _ = try byte() }
  }

  private mutating func byte() throws(TraceError) -> UInt8 {
    guard let byte = try input.next() else { throw fault("a message ends early") }
    offset += 1
    return byte
  }

  private mutating func varint(_ first: UInt8) throws(TraceError) -> UInt64 {
    var value = UInt64(first & 0x7f)
    var last = first
    var shift: UInt64 = 7
    while last >= 0x80 {
      last = try byte()
      guard shift < 63 || last <= 1 else { throw fault("a number has more than 64 bits") }
      value |= UInt64(last & 0x7f) << shift
      shift += 7
    }
    return value
  }

  private mutating func fixed(byteCount: UInt64) throws(TraceError) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<byteCount { value |= UInt64(try byte()) << (index * 8) }
    return value
  }
}
