// SPDX-License-Identifier: MIT

/// Appends to a path in storage of `RECORDER_PATH_CAPACITY` bytes that has room for it.
struct PathBuilder {
  private let path: UnsafeMutablePointer<CChar>
  private var count: Int

  /// Keeps so many bytes of what is there.
  init(_ path: UnsafeMutablePointer<CChar>, keeping byteCount: Int) {
    self.path = path
    count = byteCount
  }

  mutating func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { put(text.utf8Start[index]) }
  }

  mutating func append(_ number: UInt64) {
    if number >= 10 { append(number / 10) }
    put(48 + UInt8(number % 10))
  }

  private mutating func put(_ character: UInt8) {
    path[count] = CChar(bitPattern: character)
    path[count + 1] = 0
    count += 1
  }
}
