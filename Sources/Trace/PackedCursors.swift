// SPDX-License-Identifier: MIT

/// A place in each column of a decompressed frame.
struct PackedCursors {
  var requests: ColumnCursor
  var rareRequests: ColumnCursor
  var runs: ColumnCursor
  /// All tokens; those of a thread are read from a place of their own.
  var tokens: Range<Int>
  var times: ColumnCursor
  var longTimes: ColumnCursor
  var slots: ColumnCursor
  var operations: ColumnCursor
  var references: ColumnCursor
  var sizes: ColumnCursor
  var alignments: ColumnCursor
  var awaits: ColumnCursor
  /// Empty in a trace without stacks.
  var stacks: ColumnCursor

  /// Reads the lengths of the columns, which come first.
  init(content: borrowing FlatArray<UInt8>, hasStacks: Bool) throws(FrameFault) {
    var begin = ColumnCursor(0..<content.count)
    var lengths: [Int] = []
    var total = 0
    for _ in 0..<(hasStacks ? PackedColumns.countWithStacks : PackedColumns.count) {
      let length = Int(try begin.smallVarint(of: content))
      lengths.append(length)
      total += length
    }
    guard total == begin.remaining else { throw FrameFault("the columns do not fill the frame") }
    var offset = content.count - total
    let ranges = lengths.map { length in
      defer { offset += length }
      return offset..<offset + length
    }
    requests = ColumnCursor(ranges[0])
    rareRequests = ColumnCursor(ranges[1])
    runs = ColumnCursor(ranges[2])
    tokens = ranges[3]
    times = ColumnCursor(ranges[4])
    longTimes = ColumnCursor(ranges[5])
    slots = ColumnCursor(ranges[6])
    operations = ColumnCursor(ranges[7])
    references = ColumnCursor(ranges[8])
    sizes = ColumnCursor(ranges[9])
    alignments = ColumnCursor(ranges[10])
    awaits = ColumnCursor(ranges[11])
    stacks = ColumnCursor(hasStacks ? ranges[12] : 0..<0)
  }

  /// Whether nothing is left to read; tokens are counted elsewhere.
  var areAtEnd: Bool {
    [
      requests, rareRequests, runs, times, longTimes, slots, operations, references, sizes, alignments, awaits,
      stacks,
    ].allSatisfy { $0.remaining == 0 }
  }
}
