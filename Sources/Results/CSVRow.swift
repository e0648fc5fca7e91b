// SPDX-License-Identifier: MIT

/// The fields of a row as bytes of UTF-8, without the quotes that they were written with.
///
/// All fields lie in one buffer, so that a row of many costs no more than a few allocations, and a field becomes a
/// `String` only when someone asks for it.
public struct CSVRow: Sendable {
  private var bytes: [UInt8] = []
  /// Where each field ends in `bytes`; it begins where the one before it ends. What comes after the last end is a field
  /// that has not ended.
  private var ends: [Int] = []

  init() {}

  /// An empty row with room for as much as another one holds.
  init(asLargeAs row: CSVRow) {
    bytes.reserveCapacity(row.bytes.count)
    ends.reserveCapacity(row.ends.count)
  }

  /// The number of fields.
  public var count: Int { ends.count }

  /// Hands over the bytes of a field.
  public func withField<Result>(at index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
    try body(bytes.span.extracting(start(of: index)..<ends[index]))
  }

  public func text(at index: Int) -> String { withField(at: index) { String(field: $0) } }

  /// The fields as text.
  public var texts: [String] { (0..<count).map(text) }

  /// Whether a field holds the bytes that another row has in the same place.
  func repeats(_ other: CSVRow, at index: Int) -> Bool {
    guard index < other.count else { return false }
    let (start, otherStart) = (start(of: index), other.start(of: index))
    let byteCount = ends[index] - start
    guard other.ends[index] - otherStart == byteCount else { return false }
    for offset in 0..<byteCount where bytes[start + offset] != other.bytes[otherStart + offset] { return false }
    return true
  }

  /// Adds to the field that has not ended.
  mutating func append(_ stretch: Span<UInt8>) {
    stretch.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Whether the field that has not ended is empty so far.
  var isAtFieldStart: Bool { bytes.count == start(of: count) }

  mutating func endField() throws(CSVFault) {
    let start = start(of: count)
    ends.append(bytes.count)
    guard Self.isText(bytes.span.extracting(start...)) else { throw .notUTF8 }
  }

  private func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

  private static func isText(_ field: Span<UInt8>) -> Bool {
    var seenBits: UInt8 = 0
    for index in field.indices { seenBits |= field[index] }
    return seenBits < 0x80 || (try? UTF8Span(validating: field)) != nil
  }
}
