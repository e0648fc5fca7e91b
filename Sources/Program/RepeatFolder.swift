// SPDX-License-Identifier: MIT

/// Folds a stretch of words that follows an equal one into a `repeat` instruction.
///
/// A workload that allocates and frees the same hundred blocks sixty thousand times becomes two hundred calls and a
/// loop: its replay then reads words from the cache as the program that it stands for read its code, instead of
/// streaming a hundred megabytes through it. A small direct-mapped table of recent patterns finds where a period may
/// have begun; only a full equal period is folded, so the program means the same with and without.
struct RepeatFolder {
  private static let tableBits = 9
  private static let vacant: Int32 = -1

  /// Where a pattern was last seen, by its hash; word indexes. Empty until a pattern comes.
  private var lastSeen: [Int32] = []
  /// The next word that the stream would have to equal to go on repeating `periodBegin ..< periodStart`; nil when
  /// nothing repeats. The words from `periodStart` on are the part of a period that has been equal so far.
  private var candidate: Int?
  private var periodStart = 0
  private var periodBegin = 0
  private var foldedCount: UInt32 = 0

  /// Adds a pattern and its operands, or notes that they repeat.
  mutating func append(_ pattern: UInt32, _ operands: [UInt32], to words: inout [UInt32]) {
    if let next = candidate {
      if matches(pattern, operands, in: words, at: next) {
        advance(from: next, by: operands.count + 1, pattern, operands, &words)
        return
      }
      close(&words)
    }
    let index = words.count
    let bucket = Self.bucket(of: pattern, operands)
    if lastSeen.isEmpty { lastSeen = [Int32](repeating: Self.vacant, count: 1 << Self.tableBits) }
    let seen = Int(lastSeen[bucket])
    lastSeen[bucket] = Int32(index)
    if seen >= 0, matches(pattern, operands, in: words, at: seen) {
      candidate = seen
      periodStart = index
      advance(from: seen, by: operands.count + 1, pattern, operands, &words)
    } else {
      words.append(pattern)
      words += operands
    }
  }

  /// Ends a run of repetitions: writes the `repeat`, then the part of a period that was left over.
  mutating func close(_ words: inout [UInt32]) {
    defer {
      candidate = nil
      foldedCount = 0
    }
    guard candidate != nil, foldedCount > 0 else { return }
    let period = UInt32(periodStart - periodBegin)
    let rest = words[periodStart...]
    let repeated = [Instruction.repeat, period, foldedCount]
    // The one position noted in what is replaced is `periodStart`, and no pattern equals the `repeat` that stands there.
    words.replaceSubrange(periodStart..., with: repeated + rest)
  }

  private mutating func advance(
    from next: Int, by count: Int, _ pattern: UInt32, _ operands: [UInt32], _ words: inout [UInt32]
  ) {
    if words.count == periodStart, foldedCount == 0 { periodBegin = next }
    words.append(pattern)
    words += operands
    candidate = next + count
    guard next + count == periodStart else { return }
    words.removeSubrange(periodStart...)
    foldedCount += 1
    candidate = periodBegin
  }

  private func matches(_ pattern: UInt32, _ operands: [UInt32], in words: [UInt32], at index: Int) -> Bool {
    let limit = candidate == nil ? words.count : periodStart
    guard index + operands.count < limit, words[index] == pattern else { return false }
    for offset in operands.indices where words[index + 1 + offset] != operands[offset] { return false }
    return true
  }

  private static func bucket(of pattern: UInt32, _ operands: [UInt32]) -> Int {
    var hash = UInt64(pattern)
    for operand in operands { hash = (hash ^ UInt64(operand)) &* 0x9e37_79b9_7f4a_7c15 }
    return Int(hash >> (64 - UInt64(tableBits)))
  }
}
