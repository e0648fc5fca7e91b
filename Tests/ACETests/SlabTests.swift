// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Slabs") struct SlabTests {
    /// Runs a body with 32 slabs of one owner, which between them have every colour.
    private func withSlabs(_ body: @escaping (HeapPointer, [Slab]) throws -> Void) throws {
      try TestThread.runWithHeap { heap in
        var slabs: [Slab] = []
        while slabs.count < Int(Layout.slabsPerSuperslab) {
          guard let slab = SuperslabPool.claim() else { throw Finding(description: "no slab") }
          slabs.append(slab)
        }
        defer {
          for slab in slabs {
            slab.record.pointee.state = .unused
            slab.record.pointee.owner = nil
            SuperslabPool.release(slab)
          }
        }
        try body(heap, slabs)
      }
    }

    @Test func everySlabIsCarvedToItsCapacity() throws {
      try withSlabs { heap, slabs in
        for number in 1...Layout.classCount {
          // Each class in two colours: all classes together meet all of them.
          for slab in [slabs[number % slabs.count], slabs[(number + 5) % slabs.count]] {
            try self.carve(slab, SizeClass(number: number), heap)
          }
        }
        for slab in slabs { try self.carve(slab, SizeClass(number: 1 + Int(slab.number) % 7), heap) }
      }
    }

    private func carve(_ slab: Slab, _ sizeClass: SizeClass, _ heap: HeapPointer) throws {
      let size = sizeClass.blockByteCount
      slab.begin(sizeClass, owner: heap)
      try demand(
        slab.sizeClass.number == sizeClass.number, "class \(sizeClass.number) is told as \(slab.sizeClass.number)")
      let queue = UInt(bitPattern: slab.remoteQueue)
      let record = UInt(bitPattern: slab.record)
      let capacity = slab.capacity
      try demand(capacity * size <= queue - slab.start, "\(capacity) blocks of \(size) reach the remote queue")
      try demand((capacity + 1) * size > queue - slab.start, "there is room for more than \(capacity) of \(size)")
      var lowest = slab.start + capacity * size
      var count: UInt = 0
      while slab.hasVirginBlocks {
        let (first, carved) = slab.carve(pageCount: 1)
        try demand(carved > 0, "nothing was carved of \(capacity - count)")
        count += UInt(carved)
        try demand(UInt(slab.record.pointee.carved) == count, "\(slab.record.pointee.carved) are said to be carved")
        try demand(
          (1...16).contains(slab.wakeCount) && UInt16(slab.wakeCount) <= slab.record.pointee.carved, "\(slab.wakeCount)"
        )
        var addresses: [UInt] = []
        var next = first
        while let block = next {
          addresses.append(block.address)
          next = block.pointee.next
        }
        // As many as begin in the page in which the next block below ends; one when that begins in the page before.
        let page = (lowest - 1) / Layout.pageByteCount
        var wanted = 1
        while count - UInt(carved) + UInt(wanted) < capacity,
          (lowest - UInt(wanted + 1) * size) / Layout.pageByteCount == page
        {
          wanted += 1
        }
        try demand(carved == wanted, "\(carved) blocks of \(size) were carved, not \(wanted)")
        // One below the other without a gap or an overlap, linked upwards.
        let expected = (0..<UInt(carved)).map { lowest - (UInt(carved) - $0) * size }
        try demand(addresses == expected, "\(addresses.count) of \(carved) blocks of \(size), or not in order")
        lowest -= UInt(carved) * size
        let pages = Set(addresses.map { $0 / Layout.pageByteCount })
        try demand(pages.count == 1, "a step carves in \(pages.count) pages")
        for address in addresses {
          try demand(address % (size & (0 &- size)) == 0, "\(address) is not aligned as \(size) bytes should be")
          try demand(Slab(containing: address) == slab, "\(address) finds another slab")
        }
        // Contents of every block are the program's: the record has to survive them.
        for address in addresses {
          BlockPointer(at: address).raw.initializeMemory(as: UInt8.self, repeating: 0xff, count: Int(size))
        }
      }
      try demand(count == capacity && lowest == slab.start, "\(count) of \(capacity) were carved")
      let (more, none) = slab.carve(pageCount: 1)
      try demand(more == nil && none == 0, "a block beyond the last was carved")
      try demand(
        slab.remoteQueue.pointee.owner == heap && slab.record.pointee.owner == heap, "the owner was written over")
      try demand(
        record >= queue && record + 32 <= slab.start + Layout.slabByteCount, "the record is outside of its slab")
    }

    @Test func recordsHaveSixteenColours() throws {
      try withSlabs { _, slabs in
        func line(_ address: UInt) -> UInt { address % Layout.slabByteCount / 64 }
        var records = Set<UInt>()
        for slab in slabs {
          let record = UInt(bitPattern: slab.record)
          let queue = UInt(bitPattern: slab.remoteQueue)
          try demand(line(record) == line(record + 31), "a record lies in two lines")
          try demand(line(queue) == line(queue + UInt(MemoryLayout<RemoteQueue>.size) - 1), "a queue lies in two lines")
          try demand(line(queue) != line(record), "a queue lies in the line of the record")
          try demand(
            record / 4096 == (slab.start + Layout.slabByteCount - 1) / 4096, "a record is not in the last page")
          records.insert(line(record))
        }
        try demand(records.count == 16, "\(records.count) colours")
        // As many slabs have one colour as another.
        for each in records {
          let count = slabs.count { line(UInt(bitPattern: $0.record)) == each }
          try demand(count == slabs.count / 16, "\(count) slabs have one colour")
        }
      }
    }

    @Test func everyAddressFindsItsSlab() throws {
      try withSlabs { _, slabs in
        for slab in slabs {
          try demand(Slab(number: slab.number) == slab && Slab(startingAt: slab.start) == slab, "\(slab.number)")
          for offset in stride(from: 0, to: Layout.slabByteCount, by: 16) {
            try demand(Slab(containing: slab.start + offset) == slab, "offset \(offset) of slab \(slab.number)")
          }
          try demand(Slab(containing: slab.start + Layout.slabByteCount - 1) == slab, "the last byte")
        }
      }
    }

    /// A slab woken by its count never has to wait for more blocks than it has.
    @Test func wakingIsWithinBounds() throws {
      try withSlabs { heap, slabs in
        slabs[0].begin(SizeClass(number: 1), owner: heap)
        var former: UInt16 = 1
        for carved in 1...UInt16(Layout.slabByteCount / Layout.grainByteCount) {
          slabs[0].record.pointee.carved = carved
          let count = UInt16(slabs[0].wakeCount)
          try demand(count >= 1 && count <= 16 && count <= carved && count >= former, "\(count) of \(carved)")
          former = count
        }
        try demand(former == 16, "the most is \(former)")
      }
    }
  }
}
