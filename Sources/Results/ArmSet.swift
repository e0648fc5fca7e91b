// SPDX-License-Identifier: MIT

/// A set of small indices, a bit each.
struct ArmSet: Equatable, Sendable {
  private var words: [UInt64] = []

  func contains(_ index: Int) -> Bool {
    index / 64 < words.count && words[index / 64] >> UInt64(index % 64) & 1 == 1
  }

  mutating func insert(_ index: Int) {
    while words.count <= index / 64 { words.append(0) }
    words[index / 64] |= 1 << UInt64(index % 64)
  }
}
