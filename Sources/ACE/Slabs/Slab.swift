// SPDX-License-Identifier: MIT

import CACE

/// A slab: 64 KiB of blocks of one class. Where its record and its remote queue lie differs between builds; see
/// Slab+Prefix.swift, Slab+Table.swift and Slab+Header.swift.
struct Slab: Equatable {
  let record: UnsafeMutablePointer<SlabRecord>

  @inline(__always) init(startingAt address: UInt) {
    self.init(number: (address &- Span.tiny.start) >> Layout.slabShift)
  }

  @inline(__always) var start: UInt { Span.tiny.start &+ number << Layout.slabShift }
  @inline(__always) var sizeClass: SizeClass { SizeClass(number: Int(record.pointee.frontOffset) / Front.stride) }
  @inline(__always) var capacity: UInt { payloadByteCount / sizeClass.blockByteCount }
  /// Whether there are blocks that no list has: never carved, or in pages that went back to the system.
  @inline(__always) var hasVirginBlocks: Bool {
    UInt(record.pointee.carved) < capacity || pagesRecord.pointee.holes != 0
  }

  /// Takes an unused slab into use.
  func begin(_ sizeClass: SizeClass, owner: HeapPointer) {
    // The gate takes what it finds in a free block for its own marks.
    if Gate.isOn, let memory = UnsafeMutableRawPointer(bitPattern: start) {
      // Locked memory is not purged.
      if !ace_purge(memory, Int(Layout.slabByteCount)) { memset(memory, 0, Int(Layout.slabByteCount)) }
    }
    record.initialize(
      to: SlabRecord(
        owner: owner, freeList: nil, frontOffset: UInt16(sizeClass.number * Front.stride), countdown: 0, carved: 0,
        state: .current, next: 0, previous: 0))
    pagesRecord.pointee.holes = 0
    remoteQueue.initialize(to: RemoteQueue())
    remoteQueue.pointee.owner = owner
  }

  /// Makes blocks of the next pages below those that exist, or of one that went back to the system, linked in ascending order;
  /// how many, which is 0 when all exist.
  ///
  /// Blocks are carved from the end of the slab downwards, because its record is there in the usual build: a slab's first
  /// block then needs no second page.
  func carve(pageCount: UInt) -> (first: BlockPointer?, count: Int) {
    let revived = revive()
    if revived.count > 0 { return revived }
    let size = sizeClass.blockByteCount
    let capacity = capacity
    let carved = UInt(record.pointee.carved)
    guard carved < capacity else { return (nil, 0) }
    let base = start &+ Layout.blockPrefixByteCount
    let end = start &+ (capacity &- carved) &* size
    // The page in which the next block below ends; blocks that begin in it are made.
    var page = (end &- 1) & ~(Layout.pageByteCount &- 1)
    page &-= min(page &- start, (pageCount &- 1) &* Layout.pageByteCount)
    var count = (end &- page) / size
    if count == 0 { count = 1 }
    count = min(count, capacity &- carved)
    var address = base &+ (capacity &- carved &- count) &* size
    let first = BlockPointer(at: address)
    let last = address &+ (count &- 1) &* size
    while address < last {
      prepareHeader(of: address)
      BlockPointer(at: address).pointee.next = BlockPointer(at: address &+ size)
      address &+= size
    }
    prepareHeader(of: address)
    BlockPointer(at: address).pointee.next = nil
    record.pointee.carved = UInt16(carved &+ count)
    noteResidentPages()
    return (first, Int(count))
  }

  /// Frees after which a slab that was full is worth looking at again: waking at each would turn every malloc of a full
  /// heap into a refill, waiting for many would keep memory unused.
  @inline(__always) var wakeCount: UInt8 {
    // Chosen: a sixteenth.
    UInt8(max(1, min(record.pointee.carved / 16, Self.wakeLimit)))
  }
  /// The greatest of these.
  nonisolated(unsafe) static var wakeLimit: UInt16 = 16

  /// Makes a slab all of whose blocks are charged wait until enough of them have been freed.
  func awaitFrees() {
    let count = wakeCount
    record.pointee.state = .full
    record.pointee.wakeCount = count
    record.pointee.countdown = UInt16(count)
  }
}
