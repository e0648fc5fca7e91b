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

  /// Takes note of the pattern that the words now end with, from `index` on, and of whether it repeats.
  mutating func fold(_ words: inout [UInt32], patternAt index: Int) {
    if let next = candidate {
      if Self.equal(words, next, index, limit: periodStart) {
        advance(from: next, by: words.count - index, &words)
        return
      }
      let insertedCount = close(&words, before: index)
      note(words, patternAt: index + insertedCount)
    } else {
      note(words, patternAt: index)
    }
    if let next = candidate { advance(from: next, by: words.count - periodStart, &words) }
  }

  /// Ends a run of repetitions: writes the `repeat` before the part of a period that was left over.
  mutating func close(_ words: inout [UInt32]) { close(&words, before: words.count) }

  /// The same with words behind the left-over part, which move by the returned count.
  @discardableResult
  private mutating func close(_ words: inout [UInt32], before end: Int) -> Int {
    guard candidate != nil else { return 0 }
    candidate = nil
    guard foldedCount > 0 else { return 0 }
    // The one position noted in what is moved is `periodStart`, and no pattern equals the `repeat` that stands there.
    let inserted = [Instruction.repeat, UInt32(periodStart - periodBegin), foldedCount]
    words.insert(contentsOf: inserted, at: periodStart)
    foldedCount = 0
    return inserted.count
  }

  /// Looks up whether the words' last pattern was seen before, which makes its place a candidate.
  private mutating func note(_ words: [UInt32], patternAt index: Int) {
    if lastSeen.isEmpty { lastSeen = [Int32](repeating: Self.vacant, count: 1 << Self.tableBits) }
    let bucket = Self.bucket(of: words, index)
    let seen = Int(lastSeen[bucket])
    lastSeen[bucket] = Int32(index)
    guard seen >= 0, Self.equal(words, seen, index, limit: index) else { return }
    candidate = seen
    periodStart = index
    periodBegin = seen
  }

  /// Goes past an equal pattern of `count` words, and removes the period when it is complete.
  private mutating func advance(from next: Int, by count: Int, _ words: inout [UInt32]) {
    candidate = next + count
    guard next + count == periodStart else { return }
    words.removeSubrange(periodStart...)
    foldedCount += 1
    candidate = periodBegin
  }

  /// Whether the pattern from `index` to the end stands at `earlier` too, and ends at `limit` at the latest.
  private static func equal(_ words: [UInt32], _ earlier: Int, _ index: Int, limit: Int) -> Bool {
    let count = words.count - index
    guard earlier + count <= limit else { return false }
    for offset in 0..<count where words[earlier + offset] != words[index + offset] { return false }
    return true
  }

  private static func bucket(of words: [UInt32], _ index: Int) -> Int {
    var hash: UInt64 = 0
    for position in index..<words.count { hash = (hash ^ UInt64(words[position])) &* 0x9e37_79b9_7f4a_7c15 }
    return Int(hash >> (64 - UInt64(tableBits)))
  }
}
