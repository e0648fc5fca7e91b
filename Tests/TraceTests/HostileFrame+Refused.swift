// SPDX-License-Identifier: MIT

import Events

@testable import Trace

extension HostileFrame {
  private static let malloc = Event.Kind.malloc.rawValue
  private static let realloc = Event.Kind.realloc.rawValue
  private static let aligned = Event.Kind.aligned.rawValue
  private static let free = Event.Kind.free.rawValue
  private static let threadStart = Event.Kind.threadStart.rawValue
  private static let threadEnd = Event.Kind.threadEnd.rawValue
  private static let givesSlot: UInt8 = 8
  private static let givesAwait: UInt8 = 16

  /// Thread 0 allocates, starts thread 1, allocates again; thread 1 frees the second block.
  static func handover(awaiting count: UInt64?) -> HostileFrame {
    HostileFrame("a block is taken over at \(String(describing: count))", eventCount: 4) { columns in
      columns.run(0, 1)
      columns.run(1, 1)
      columns.run(0, 1)
      columns.run(1, 1)
      columns.general(malloc, size: 8)
      columns.general(malloc, size: 8)
      columns.token(PackedToken.general)
      columns.token(PackedToken.general)
      // Columns of general events are in global order, tokens grouped by thread.
      columns.operations.removeAll()
      for operation in [malloc, threadStart, malloc] { columns.operations.append(operation) }
      columns.operations.append(free | (count == nil ? 0 : givesAwait))
      columns.references.append(BlockReference.explicit.code)
      columns.slots.appendVarint(1)
      if let count { columns.await(0, count) }
    }
  }

  /// What every reader must refuse, each frame for one reason.
  static var refused: [HostileFrame] {
    blocks + threads + columns + [handover(awaiting: 1), handover(awaiting: 3)]
  }

  private static let blocks = [
    HostileFrame("a free of a slot never used", eventCount: 1) {
      $0.run(0, 1)
      $0.token(PackedToken.firstFree + BlockReference.explicit.code)
      $0.slots.appendVarint(0)
    },
    HostileFrame("a free of the newest block of none", eventCount: 1) {
      $0.run(0, 1)
      $0.token(PackedToken.firstFree)
    },
    HostileFrame("a free through a finger that is not set", eventCount: 1) {
      $0.run(0, 1)
      $0.token(PackedToken.firstFree + BlockReference.reach)
    },
    HostileFrame("a free past the oldest block", eventCount: 2) {
      $0.run(0, 2)
      $0.general(malloc, size: 8)
      $0.token(PackedToken.firstFree + 1)
    },
    HostileFrame("a reference of no known form", eventCount: 1) {
      $0.run(0, 1)
      $0.general(realloc, size: 8)
      $0.references.append(BlockReference.explicit.code + 1)
    },
    HostileFrame("an allocation into a live slot", eventCount: 2) {
      $0.run(0, 2)
      $0.general(malloc, size: 8)
      $0.general(malloc | givesSlot, slot: 0, size: 8)
    },
    HostileFrame("an allocation that leaves slots out", eventCount: 1) {
      $0.run(0, 1)
      $0.general(malloc | givesSlot, slot: 1, size: 8)
    },
    HostileFrame("a request of more than any address space", eventCount: 1) {
      $0.run(0, 1)
      $0.general(malloc, size: 1 << 47 + 1)
    },
    HostileFrame("an alignment of more than any address space", eventCount: 1) {
      $0.run(0, 1)
      $0.general(aligned, size: 8)
      $0.alignments.append(48)
    },
    HostileFrame("a request past the table", eventCount: 1) {
      $0.run(0, 1)
      $0.token(PackedToken.firstRequest)
    },
  ]

  private static let threads = [
    HostileFrame("a thread that acts before it starts", eventCount: 1) {
      $0.run(1, 1)
      $0.general(malloc, size: 8)
    },
    HostileFrame("a thread that starts before the one before it", eventCount: 1) {
      $0.run(2, 1)
      $0.general(threadStart)
    },
    HostileFrame("the first thread starts", eventCount: 1) {
      $0.run(0, 1)
      $0.general(threadStart)
    },
    HostileFrame("a start that awaits what has not happened", eventCount: 1) {
      $0.run(1, 1)
      $0.general(threadStart | givesAwait)
      $0.await(0, 1)
    },
    HostileFrame("a start that awaits itself", eventCount: 1) {
      $0.run(1, 1)
      $0.general(threadStart | givesAwait)
      $0.await(1, 0)
    },
    HostileFrame("an end that awaits", eventCount: 1) {
      $0.run(0, 1)
      $0.general(threadEnd | givesAwait)
      $0.await(1, 0)
    },
  ]

  private static let columns = [
    HostileFrame("an operation of no known kind", eventCount: 1) {
      $0.run(0, 1)
      $0.general(7)
    },
    HostileFrame("a flag of no known meaning", eventCount: 1) {
      $0.run(0, 1)
      $0.general(malloc | 32, size: 8)
    },
    HostileFrame("bytes left over", eventCount: 1) {
      $0.run(0, 1)
      $0.general(malloc, size: 8)
      $0.slots.append(0)
    },
    HostileFrame("a column that ends early", eventCount: 1) {
      $0.run(0, 1)
      $0.general(malloc)
    },
    HostileFrame("more events than runs hold", eventCount: 2) {
      $0.run(0, 1)
      $0.general(malloc, size: 8)
      $0.general(malloc, size: 8)
    },
    HostileFrame("fewer tokens than events", eventCount: 2) {
      $0.run(0, 2)
      $0.general(malloc, size: 8)
    },
    HostileFrame("an empty run", eventCount: 1) {
      $0.run(0, 0)
      $0.run(0, 1)
      $0.general(malloc, size: 8)
    },
    HostileFrame("a time before the beginning", eventCount: 1) {
      $0.run(0, 1)
      $0.general(malloc, size: 8)
      $0.times[0] = 1
    },
    HostileFrame("a number of more than 64 bits", eventCount: 1) {
      $0.run(0, 1)
      $0.general(malloc)
      for _ in 0..<10 { $0.sizes.append(0xff) }
    },
  ]
}
