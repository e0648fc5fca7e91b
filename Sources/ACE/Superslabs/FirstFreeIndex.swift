// SPDX-License-Identifier: MIT

/// A set of superslabs by their index, those with a free slab above all: the lowest is found by looking at up to eight words
/// of the summary, and at one of the 512.
///
/// 64 × 512 superslabs are 64 GiB, the quarter of the span that tiny and mid blocks have each.
struct FirstFreeIndex {
  // In this order, a program with few superslabs touches one page for both.
  private var summary = InlineArray<8, UInt64>(repeating: 0)
  private var words = InlineArray<512, UInt64>(repeating: 0)

  @inline(__always) mutating func insert(_ index: UInt) {
    let word = Int(index / 64)
    words[unchecked: word] |= 1 << UInt64(index % 64)
    summary[unchecked: word / 64] |= 1 << UInt64(word % 64)
  }

  @inline(__always) mutating func remove(_ index: UInt) {
    let word = Int(index / 64)
    words[unchecked: word] &= ~(1 << UInt64(index % 64))
    if words[unchecked: word] == 0 { summary[unchecked: word / 64] &= ~(1 << UInt64(word % 64)) }
  }

  @inline(__always) func contains(_ index: UInt) -> Bool {
    words[unchecked: Int(index / 64)] & (1 << UInt64(index % 64)) != 0
  }

  /// The lowest index; nil when there is none. It changes nothing, and is `mutating` so that it works on the index where it is:
  /// the compiler would copy it to the stack otherwise.
  @inline(__always) mutating func first() -> UInt? {
    var group = 0
    while group < 8 {
      if summary[unchecked: group] != 0 {
        let word = group * 64 + summary[unchecked: group].trailingZeroBitCount
        return UInt(word * 64 + words[unchecked: word].trailingZeroBitCount)
      }
      group += 1
    }
    return nil
  }
}
