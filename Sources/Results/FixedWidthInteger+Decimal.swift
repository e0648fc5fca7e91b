// SPDX-License-Identifier: MIT

extension FixedWidthInteger {
  /// Reads what `init(_:radix:)` reads of the same text; nil for anything else.
  init?(decimal field: Span<UInt8>) {
    // As many digits always fit, and nearly every number of a table is of them alone.
    guard (1...18).contains(field.count) else {
      self.init(String(field: field))
      return
    }
    var number: UInt64 = 0
    for index in field.indices {
      let byte = field[index]
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        self.init(String(field: field))
        return
      }
      number = number * 10 + UInt64(byte - UInt8(ascii: "0"))
    }
    self.init(exactly: number)
  }
}
