// SPDX-License-Identifier: MIT

import CRecorder

/// Appends to a path in storage of `RECORDER_PATH_CAPACITY` bytes that has room for it.
struct PathBuilder {
  let path: UnsafeMutablePointer<CChar>
  private let formerCount: Int
  private var count: Int

  init(beginningWith path: UnsafeMutablePointer<CChar>) {
    self.path = path
    count = 0
    while path[count] != 0 { count += 1 }
    formerCount = count
  }

  mutating func append(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { put(text.utf8Start[index]) }
  }

  mutating func append(_ number: UInt64) {
    if number >= 10 { append(number / 10) }
    put(48 + UInt8(number % 10))
  }

  /// Gives the path back as it was.
  func cut() { path[formerCount] = 0 }

  private mutating func put(_ character: UInt8) {
    path[count] = CChar(bitPattern: character)
    path[count + 1] = 0
    count += 1
  }
}
