// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Pages of free runs of mid blocks") struct MidTrimTests {
    private func liveSizes(_ blocks: [MarkedBlock]) -> [UInt: UInt] {
      Dictionary(uniqueKeysWithValues: blocks.map { ($0.address, $0.byteCount) })
    }

    /// The pages wholly inside of free runs, but for the one that a run's links are in.
    private func innerPages(of superslab: UInt) throws -> Set<UInt> {
      var pages = Set<UInt>()
      for (start, run) in try MidTable.runs(around: superslab) where run.isFree {
        let first = Layout.roundUp(start + 16, to: Layout.pageByteCount)
        var page = first
        while page + Layout.pageByteCount <= start + run.byteCount {
          pages.insert(page)
          page += Layout.pageByteCount
        }
      }
      return pages
    }

    @Test func pagesOfFreeRunsGo() throws {
      try SavedSettings.runWithHeap { heap in
        var blocks = try (0..<120).map { try MarkedBlock(UInt(1_500 + 997 * ($0 % 40))) }
        let superslabs = Set(blocks.map { $0.address & ~(Layout.superslabByteCount - 1) })
        let live = blocks.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
        let kept = Set(live.map(\.address))
        try MarkedBlock.free(blocks.filter { !kept.contains($0.address) })
        heap.pointee.mid.flush()
        // A superslab's last run was never touched: only what was is counted as having gone for certain.
        let inner = try superslabs.reduce(into: Set<UInt>()) { $0.formUnion(try self.innerPages(of: $1)) }
        try demand(!inner.isEmpty, "no free run has a page of its own")
        let count = heap.pointee.mid.trimPages()
        try demand(count == UInt(inner.count), "\(count) pages went, not \(inner.count)")
        for page in inner {
          try demand(
            try PageView.resident(from: page, byteCount: Layout.pageByteCount) == [false], "a page is still resident")
        }
        try demand(heap.pointee.mid.trimPages() == 0, "what had gone went once more")
        heap.checkInvariants()
        try MidTable.check(live: self.liveSizes(live))
        for block in live { try block.check() }
        // What lies in the gaps serves again; where a run has changed, it is trimmed again.
        blocks = live
        for number in 0..<80 { blocks.append(try MarkedBlock(UInt(1_500 + 997 * (number % 40)))) }
        try MidTable.check(live: self.liveSizes(blocks))
        for block in blocks { try block.check() }
        try MarkedBlock.free(blocks.suffix(80))
        heap.pointee.mid.flush()
        try demand(heap.pointee.mid.trimPages() > 0, "used runs were not trimmed again")
        try MarkedBlock.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func randomOperations(seed: UInt64) throws {
      try SavedSettings.runWithHeap { heap in
        var randomness = Randomness(seed: seed)
        var live: [MarkedBlock] = []
        var trimmed: UInt = 0
        for step in 0..<6_000 {
          switch randomness.below(24) {
          case 0...9 where live.count < 400:
            live.append(
              try MarkedBlock(Layout.tinyLimit + randomness.anyMagnitude(upTo: Layout.midLimit - Layout.tinyLimit)))
          case 10...12 where !live.isEmpty:
            let block = randomness.remove(from: &live)
            try block.check()
            let size = Layout.tinyLimit + randomness.anyMagnitude(upTo: 30_000 as UInt)
            guard let moved = reallocate(BlockPointer(at: block.address).raw, size) else {
              throw Finding(description: "no memory")
            }
            live.append(MarkedBlock(marking: moved.address))
          case 13:
            heap.pointee.mid.flush()
            trimmed += heap.pointee.mid.trimPages()
          case 14 where step % 4 == 0: heap.trim()
          default: if !live.isEmpty { try randomness.remove(from: &live).free() }
          }
          if step % 500 == 499 {
            heap.checkInvariants()
            try MidTable.check(live: self.liveSizes(live))
            for block in live { try block.check() }
          }
        }
        try demand(trimmed > 0, "nothing was ever trimmed")
        try MarkedBlock.free(live)
        try HeapLaw.checkEmpty(heap)
      }
    }
  }
}
