// SPDX-License-Identifier: MIT

/// The bytes of a protobuf message, field by field.
///
/// Source of the encoding: Protocol Buffers documentation, "Encoding". What is 0 or empty is left out, as in proto3.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: UInt64, field: UInt64) {
    guard number != 0 else { return }
    append(varint: field << 3)
    append(varint: number)
  }

  mutating func append(_ number: Int64, field: UInt64) { append(UInt64(bitPattern: number), field: field) }

  mutating func append(_ isSet: Bool, field: UInt64) { append(isSet ? 1 as UInt64 : 0, field: field) }

  /// Appends a message or a text, even an empty one: elements of a list are counted.
  mutating func append(_ content: some Collection<UInt8>, field: UInt64) {
    append(varint: field << 3 | 2)
    append(varint: UInt64(content.count))
    bytes += content
  }

  mutating func append(_ message: ProtobufMessage, field: UInt64) { append(message.bytes, field: field) }

  /// Appends numbers as one packed field.
  mutating func append(packed numbers: some Sequence<UInt64>, field: UInt64) {
    var packed = ProtobufMessage()
    for number in numbers { packed.append(varint: number) }
    append(packed, field: field)
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func append(varint number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
