// SPDX-License-Identifier: MIT

@testable import ACEHosted

/// The conservation law of slabs, counted by hand: live + free + absent == carved, and a countdown that tells one of them. Absent
/// are the free blocks that lie in pages which went back to the system.
enum HeapLaw {
  /// Slabs that a heap has in use.
  static func slabs(of heap: HeapPointer) -> [Slab] {
    (0..<SuperslabPool.count * Layout.slabsPerSuperslab).compactMap { number in
      let superslab = SuperslabPool.record(number / Layout.slabsPerSuperslab).pointee
      guard superslab.free & (1 << UInt32(number % Layout.slabsPerSuperslab)) == 0 else { return nil }
      let slab = Slab(number: number)
      return slab.record.pointee.owner == heap && slab.record.pointee.state != .unused ? slab : nil
    }
  }

  static func freeBlocks(of slab: Slab, in heap: HeapPointer) -> [UInt] {
    let isCurrent = slab.record.pointee.state == .current
    var blocks: [UInt] = []
    var next = isCurrent ? heap.front(slab.sizeClass).pointee.head : slab.record.pointee.freeList
    while let block = next {
      blocks.append(block.address)
      next = block.pointee.next
    }
    return blocks
  }

  /// Slabs of a list that begins with a number plus one.
  static func list(from first: UInt32) -> [UInt] {
    var numbers: [UInt] = []
    var next = first
    while next != 0 {
      numbers.append(UInt(next - 1))
      next = Slab(number: UInt(next - 1)).record.pointee.next
    }
    return numbers
  }

  /// Checks a heap all of whose live blocks are known; those in outboxes and queues are live.
  static func check(_ heap: HeapPointer, live: Set<UInt>) throws {
    heap.checkInvariants()
    var liveCounts: [UInt: Int] = [:]
    for address in live where Span.tiny.contains(address) {
      liveCounts[Slab(containing: address).number, default: 0] += 1
    }
    var slabCounts = [UInt64](repeating: 0, count: Layout.classCount + 1)
    for slab in slabs(of: heap) {
      slabCounts[slab.sizeClass.number] += 1
      let free = freeBlocks(of: slab, in: heap)
      let liveCount = liveCounts.removeValue(forKey: slab.number) ?? 0
      try demand(Set(free).count == free.count, "slab \(slab.number) has a block in its list twice")
      try demand(free.allSatisfy { !live.contains($0) }, "slab \(slab.number) has a live block in its list")
      let absent = try absentBlocks(of: slab)
      try demand(free.allSatisfy { !absent.contains($0) }, "slab \(slab.number) has a block of a hole in its list")
      try demand(absent.allSatisfy { !live.contains($0) }, "slab \(slab.number) has a live block in a hole")
      try demand(
        liveCount + free.count + absent.count == Int(slab.record.pointee.carved),
        "\(liveCount) live, \(free.count) free and \(absent.count) absent of \(slab.record.pointee.carved) "
          + "in slab \(slab.number)")
      try checkState(slab, heap, liveCount: liveCount, freeCount: free.count, absentCount: absent.count)
    }
    let foreign = liveCounts.keys.filter { Slab(number: $0).record.pointee.owner == heap }
    try demand(foreign.isEmpty, "live blocks in slabs \(foreign), which are not in use")
    for number in 1...Layout.classCount {
      let counted = UInt64(heap.pointee.counters[number].slabs)
      try demand(
        counted == slabCounts[number], "\(counted) slabs of class \(number) are counted, not \(slabCounts[number])")
    }
  }

  /// Blocks of a slab that exist and touch a page that went back to the system, by bytes and not by numbers of blocks.
  static func absentBlocks(of slab: Slab) throws -> [UInt] {
    let holes = slab.pagesRecord.pointee.holes
    if holes == 0 { return [] }
    let size = slab.sizeClass.blockByteCount
    let end = slab.start + slab.payloadByteCount / size * size
    let absent = (1...UInt(slab.record.pointee.carved)).map { end - $0 * size }.filter { start in
      stride(from: start, to: start + size, by: Int(Layout.grainByteCount)).contains { address in
        holes & (1 << UInt16((address - slab.start) / Layout.pageByteCount)) != 0
      }
    }
    try demand(absent.count == Int(slab.absentBlockCount), "\(slab.absentBlockCount) blocks are said to be absent")
    return absent.map { $0 + Layout.blockPrefixByteCount }
  }

  private static func checkState(
    _ slab: Slab, _ heap: HeapPointer, liveCount: Int, freeCount: Int, absentCount: Int
  ) throws {
    let record = slab.record.pointee
    let number = slab.sizeClass.number
    let isListed = list(from: heap.pointee.listed[number]).contains(slab.number)
    let isOpen = heap.pointee.open[number] == UInt32(slab.number) + 1
    let isCurrent = heap.front(slab.sizeClass).pointee.current == slab.start >> Layout.slabShift
    try demand(isListed == (record.state == .listed), "slab \(slab.number) is \(record.state), listed: \(isListed)")
    try demand(isOpen == (record.state == .open), "slab \(slab.number) is \(record.state), open: \(isOpen)")
    try demand(isCurrent == (record.state == .current), "slab \(slab.number) is \(record.state), current: \(isCurrent)")
    // What is absent counts as free, but for a current slab, whose front alone is counted.
    let told = Int(slab.freeBlockCount(in: heap)) - (record.state == .current ? 0 : absentCount)
    try demand(told == freeCount, "\(told) are told, \(freeCount) are free")
    switch record.state {
    case .full:
      // The count that it fell asleep with: the knob may have been moved since.
      try demand(freeCount < record.wakeCount, "a slab with \(freeCount) free blocks was not woken")
      try demand(
        record.countdown == Int(record.wakeCount) - freeCount, "\(record.countdown) to go, \(freeCount) are free")
      try demand(!slab.hasVirginBlocks, "a full slab has virgin pages")
    case .listed:
      try demand(record.countdown == liveCount, "\(record.countdown) to go, \(liveCount) are live")
      // Only beside another that waits for its own: on the route without fronts, or where trims have made holes.
      let mayHaveVirgins = Route.current == .poolOnly || heap.pointee.activity.trimmedPageCount > 0
      try demand(!slab.hasVirginBlocks || mayHaveVirgins, "a listed slab has virgin pages")
    case .open:
      try demand(record.countdown == liveCount, "\(record.countdown) to go, \(liveCount) are live")
    case .current: try demand(record.freeList == nil, "a current slab has a list of its own")
    case .unused: try demand(false, "a slab in use is marked as unused")
    }
  }

  /// Checks that a heap without live blocks, once flushed, has nothing.
  static func checkEmpty(_ heap: HeapPointer) throws {
    heap.flush()
    let left = slabs(of: heap)
    try demand(left.isEmpty, "\(left.count) slabs are left, the first of class \(left.first?.sizeClass.number ?? 0)")
    try demand(heap.pointee.spare == 0 && heap.pointee.spareCount == 0, "spare slabs are left")
    for number in 1...Layout.classCount {
      let front = heap.front(SizeClass(number: number)).pointee
      try demand(front.head == nil && front.current == 0, "the front of class \(number) is not empty")
      try demand(heap.pointee.listed[number] == 0 && heap.pointee.open[number] == 0, "class \(number) has slabs")
    }
    try demand(heap.pointee.mid.liveUnitCount == 0, "\(heap.pointee.mid.liveUnitCount) mid units are live")
    try check(heap, live: [])
  }
}
