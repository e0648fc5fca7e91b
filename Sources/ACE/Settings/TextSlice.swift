// SPDX-License-Identifier: MIT

/// A part of a C string.
struct TextSlice {
  let start: UnsafePointer<CChar>
  let count: Int

  /// The whole of a C string.
  init(_ text: UnsafePointer<CChar>) {
    var count = 0
    while text[count] != 0 { count += 1 }
    self.init(text, count)
  }

  init(_ start: UnsafePointer<CChar>, _ count: Int) {
    self.start = start
    self.count = count
  }

  static func == (slice: TextSlice, text: StaticString) -> Bool {
    slice.count == text.utf8CodeUnitCount && slice.hasPrefix(text)
  }

  func hasPrefix(_ text: StaticString) -> Bool {
    guard count >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount
    where UInt8(bitPattern: start[index]) != text.utf8Start[index] { return false }
    return true
  }

  func dropFirst(_ dropped: Int) -> TextSlice { TextSlice(start + dropped, count - dropped) }

  /// What is before and after the first of a byte; the whole and nothing when there is none.
  func split(at separator: UInt8) -> (before: TextSlice, after: TextSlice?) {
    for index in 0..<count where UInt8(bitPattern: start[index]) == separator {
      return (TextSlice(start, index), dropFirst(index + 1))
    }
    return (self, nil)
  }

  /// Without spaces, tabs and carriage returns at either end.
  var trimmed: TextSlice {
    var (first, end) = (0, count)
    while first < end, Self.isBlank(start[first]) { first += 1 }
    while end > first, Self.isBlank(start[end - 1]) { end -= 1 }
    return TextSlice(start + first, end - first)
  }

  private static func isBlank(_ character: CChar) -> Bool { character == 32 || character == 9 || character == 13 }

  /// A whole decimal number; nil when it is none, or too large.
  var number: UInt64? {
    guard count > 0 else { return nil }
    var value: UInt64 = 0
    for index in 0..<count {
      let digit = UInt8(bitPattern: start[index]) &- 48
      guard digit < 10 else { return nil }
      let (product, isTooMuch) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooMuchStill) = product.addingReportingOverflow(UInt64(digit))
      if isTooMuch || isTooMuchStill { return nil }
      value = sum
    }
    return value
  }
}
