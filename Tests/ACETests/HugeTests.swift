// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Huge blocks") struct HugeTests {
    private func block(_ byteCount: UInt, alignment: UInt = Layout.pageByteCount) throws -> UnsafeMutableRawPointer {
      guard let block = HugeHeap.allocate(byteCount, alignment: alignment) else {
        throw Finding(description: "no memory")
      }
      return block
    }

    /// Whether a page is mapped, by reading it as the kernel would.
    private func isMapped(_ address: UInt) -> Bool {
      var byte: UInt8 = 0
      return ace_copy_if_readable(&byte, BlockPointer(at: address).raw, 1)
    }

    @Test func alignmentsAndSizes() throws {
      let (mapped, count) = (HugeHeap.mappedByteCount, HugeHeap.blockCount)
      var blocks: [UnsafeMutableRawPointer] = []
      var total: UInt64 = 0
      for shift in 12...26 as ClosedRange<UInt> {
        for byteCount in [0, 1, 4096, 4097, 100_000, 3 << 20] as [UInt] {
          let block = try block(byteCount, alignment: 1 << shift)
          #expect(block.address % (1 << shift) == 0)
          let usable = HugeHeap.usableByteCount(block.address)
          #expect(usable >= max(byteCount, 1) && usable < max(byteCount, 1) + 4096 && usable % 4096 == 0)
          #expect(isMapped(block.address + usable - 1))
          block.storeBytes(of: 1, as: UInt8.self)
          total += UInt64(usable)
          blocks.append(block)
          #expect(HugeHeap.usableByteCount(block.address + 16) == 0)
        }
      }
      #expect(Set(blocks).count == blocks.count)
      #expect(HugeHeap.mappedByteCount == mapped + total)
      #expect(HugeHeap.blockCount == count + UInt64(blocks.count))
      for block in blocks {
        #expect(HugeHeap.deallocate(block.address))
        #expect(!HugeHeap.deallocate(block.address))
        #expect(HugeHeap.usableByteCount(block.address) == 0)
      }
      #expect(HugeHeap.mappedByteCount == mapped)
      #expect(HugeHeap.blockCount == count)
    }

    /// No more than the block stays mapped, whatever its alignment took.
    @Test func theSlackOfAnAlignmentIsUnmapped() throws {
      let before = committedPageCount()
      var blocks: [UnsafeMutableRawPointer] = []
      for _ in 0..<64 { blocks.append(try block(4096, alignment: 64 << 20)) }
      // A quarter of it is for other tests, which run meanwhile.
      #expect(committedPageCount() < before + 64 * (64 << 20) / 4096 / 4)
      for block in blocks { #expect(HugeHeap.deallocate(block.address)) }
    }

    /// Pages of address space, the first number of /proc/self/statm.
    private func committedPageCount() -> UInt64 {
      let file = ace_open_for_reading("/proc/self/statm")
      defer { close(file) }
      var bytes = [UInt8](repeating: 0, count: 64)
      guard read(file, &bytes, 63) > 0 else { return 0 }
      return UInt64(String(decoding: bytes.prefix { $0 != 32 }, as: UTF8.self)) ?? 0
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func resizingKeepsContents(seed: UInt64) throws {
      var randomness = Randomness(seed: seed)
      let mapped = HugeHeap.mappedByteCount
      var block = try block(5 << 20)
      var usable = HugeHeap.usableByteCount(block.address)
      var obstacles: [UnsafeMutableRawPointer] = []
      func mark(from start: UInt) {
        for offset in stride(from: start, to: usable, by: 4096) {
          block.storeBytes(of: offset &* 0x9e37_79b9, toByteOffset: Int(offset), as: UInt.self)
        }
      }
      mark(from: 0)
      for _ in 0..<40 {
        let byteCount = 1 + randomness.anyMagnitude(upTo: 32 << 20 as UInt)
        if randomness.below(3) == 0 { obstacles.append(try self.block(8192)) }
        guard let moved = HugeHeap.resize(block.address, to: byteCount) else { throw Finding(description: "no memory") }
        block = moved
        let before = usable
        usable = HugeHeap.usableByteCount(block.address)
        try demand(usable >= byteCount && usable < byteCount + 4096, "\(usable) bytes for \(byteCount)")
        for offset in stride(from: 0, to: min(before, usable), by: 4096) {
          let word = block.load(fromByteOffset: Int(offset), as: UInt.self)
          try demand(word == offset &* 0x9e37_79b9, "contents are lost at \(offset)")
        }
        for offset in stride(from: before, to: usable, by: 4096) {
          try demand(block.load(fromByteOffset: Int(offset), as: UInt.self) == 0, "what was added is not zero")
        }
        if usable > before { mark(from: before) }
      }
      for each in obstacles + [block] { #expect(HugeHeap.deallocate(each.address)) }
      #expect(HugeHeap.mappedByteCount == mapped)
    }

    @Test func whatIsTooLargeIsRefused() throws {
      let mapped = HugeHeap.mappedByteCount
      #expect(HugeHeap.allocate(Layout.blockLimit, alignment: 4096) == nil)
      #expect(HugeHeap.allocate(Layout.blockLimit - 4096, alignment: 4096) == nil)
      #expect(HugeHeap.allocate(UInt.max, alignment: 4096) == nil)
      let block = try block(4096)
      #expect(HugeHeap.resize(block.address, to: Layout.blockLimit) == nil)
      #expect(HugeHeap.resize(block.address, to: UInt.max) == nil)
      #expect(HugeHeap.resize(block.address, to: Layout.blockLimit - 8192) == nil)
      #expect(HugeHeap.usableByteCount(block.address) == 4096)
      #expect(HugeHeap.deallocate(block.address))
      #expect(HugeHeap.mappedByteCount == mapped)
    }
  }
}
