// SPDX-License-Identifier: MIT

/// Structs of C that are nothing but 64-bit counters, taken apart by their fields' names: the header that declares them
/// stays the one place that lists them.
enum CounterRecord {
  static func names(of record: some Any) -> [String] { counters(of: record).map(\.name) }

  /// The fields of a record of which so many bytes have been filled in.
  static func fields(of record: some Any, filledByteCount: UInt64) -> [(name: String, value: UInt64)] {
    let filledCount = filledByteCount / UInt64(MemoryLayout<UInt64>.size)
    return Array(counters(of: record).prefix(Int(clamping: filledCount)))
  }

  private static func counters(of record: some Any) -> [(name: String, value: UInt64)] {
    Mirror(reflecting: record).children.map { field in
      guard let name = field.label, let value = field.value as? UInt64 else {
        preconditionFailure("\(type(of: record)) has a field that is no counter")
      }
      return (name, value)
    }
  }
}
