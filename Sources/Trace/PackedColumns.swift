// SPDX-License-Identifier: MIT

/// The columns of a frame, each a string of bytes, in the order in which they are stored.
struct PackedColumns: ~Copyable {
  static let count = 12
  /// In a trace with stacks.
  static let countWithStacks = 13

  /// The table of requests: for each the kind, the size as a varint, and for aligned ones the alignment shift.
  var requests = FlatArray<UInt8>()
  /// Requests that are not in the table, in the same form.
  var rareRequests = FlatArray<UInt8>()
  /// Runs of events of one thread: thread and length, two varints each.
  var runs = FlatArray<UInt8>()
  /// A byte for every event, grouped by thread.
  var tokens = FlatArray<UInt8>(capacity: PackedFormat.frameCapacity)
  /// A byte for every event: ticks since the event before it, zigzag, or 255.
  var times = FlatArray<UInt8>(capacity: PackedFormat.frameCapacity)
  /// For every 255 in `times` the value as a varint.
  var longTimes = FlatArray<UInt8>()
  /// Slots given explicitly, by general events and by frees: varints.
  var slots = FlatArray<UInt8>()
  /// A byte for every general event.
  var operations = FlatArray<UInt8>()
  /// A byte for every general free and realloc.
  var references = FlatArray<UInt8>()
  /// For every general allocation and realloc the size, a varint.
  var sizes = FlatArray<UInt8>()
  /// A byte for every general aligned allocation.
  var alignments = FlatArray<UInt8>()
  /// Awaits given explicitly: thread and count, two varints each.
  var awaits = FlatArray<UInt8>()
  /// For every allocation and realloc its stack, a varint; only of a trace with stacks.
  var stacks = FlatArray<UInt8>()
  let hasStacks: Bool

  init(hasStacks: Bool = false) { self.hasStacks = hasStacks }

  /// Visits the columns in order.
  func forEach<Failure: Error>(_ body: (borrowing FlatArray<UInt8>) throws(Failure) -> Void) throws(Failure) {
    try body(requests)
    try body(rareRequests)
    try body(runs)
    try body(tokens)
    try body(times)
    try body(longTimes)
    try body(slots)
    try body(operations)
    try body(references)
    try body(sizes)
    try body(alignments)
    try body(awaits)
    if hasStacks { try body(stacks) }
  }

  mutating func removeAll() {
    requests.removeAll()
    rareRequests.removeAll()
    runs.removeAll()
    tokens.removeAll()
    times.removeAll()
    longTimes.removeAll()
    slots.removeAll()
    operations.removeAll()
    references.removeAll()
    sizes.removeAll()
    alignments.removeAll()
    awaits.removeAll()
    stacks.removeAll()
  }
}
