// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("Sizes that must agree with one another") struct LayoutTests {
  @Test func roundingUp() {
    for shift in 0...12 as ClosedRange<UInt> {
      let power: UInt = 1 << shift
      for value in 0...(2 * power + 1) {
        let rounded = Layout.roundUp(value, to: power)
        #expect(rounded >= value && rounded < value + power && rounded % power == 0)
      }
    }
  }

  @Test func theFastPathsMeetTheHeapsFields() {
    #expect(MemoryLayout<Front>.stride == Front.stride)
    #expect(Heap.slotCount >= Layout.classCount + 1)
    #expect(MemoryLayout<Heap>.offset(of: \Heap.fronts) == 0)
    #expect(Int(ACE_EMPTY_HEAP_BYTE_COUNT) >= (Layout.classCount + 1) * Front.stride)
    #expect(MemoryLayout<Heap>.offset(of: \Heap.inboxHead) == Heap.inboxOffset)
    #expect(Heap.inboxOffset >= Heap.slotCount * Front.stride)
    // A line of its own, between the fronts and what follows.
    #expect(Heap.inboxOffset / 64 > (Heap.slotCount * Front.stride - 1) / 64)
    if let following = MemoryLayout<Heap>.offset(of: \Heap.listed) { #expect(following / 64 > Heap.inboxOffset / 64) }
    #expect(MemoryLayout<Heap>.size <= 16 << 10)
  }

  @Test func recordsHaveTheirSizes() {
    #expect(MemoryLayout<SlabRecord>.size <= 32)
    #expect(MemoryLayout<FreeBlock>.size <= Int(Layout.grainByteCount))
    #expect(MemoryLayout<RemoteQueue>.size <= 64)
    #expect(MemoryLayout<MidSuperslab>.size <= 64)
    // Both records of a mid superslab fit where the tags of its table's own units would be.
    #expect(64 + MemoryLayout<RemoteQueue>.size <= Int(MidStore.tableUnitCount) * 2)
    // The offset of the last class's front fits the record's field, and so does a slab of the smallest blocks.
    #expect(Layout.classCount * Front.stride <= Int(UInt16.max))
    #expect(Layout.slabByteCount / Layout.grainByteCount <= UInt(UInt16.max))
    // A remote queue counts in 16 bits.
    #expect(MidStore.unitsPerSuperslab <= UInt32(UInt16.max))
  }

  @Test func limitsFollowOneAnother() {
    #expect(Layout.tinyLimit < Layout.midLimit && Layout.midLimit < Layout.largeLimit)
    // Twice the mid limit is the most that a mid superslab is asked for.
    #expect(
      2 * Layout.midLimit + (MidStore.address(MidStore.tableUnitCount) &- MidStore.address(0))
        < Layout.superslabByteCount)
    #expect(Layout.spanStart % (1 << Layout.tinyShift) == 0)
    #expect(Layout.tinyPlace << Layout.tinyShift == Layout.spanStart)
    #expect((Layout.spanStart + (1 << Layout.tinyShift) - 1) >> Layout.tinyShift == Layout.tinyPlace)
    #expect((Layout.spanStart + (1 << Layout.tinyShift)) >> Layout.tinyShift != Layout.tinyPlace)
  }
}
