// SPDX-License-Identifier: MIT

import CACE
import Glibc
import Testing

@testable import ACEHosted

@Suite("The gate, in processes of their own") struct GateTests {
  @Test(arguments: Mistake.allCases)
  func mistakesEndTheProcess(mistake: Mistake) async {
    let result = await #expect(processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]) { [mistake] in
      setenv("ACE_CHECK", "1", 1)
      mistake.make()
    }
    let lines = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self).split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix(mistake.message) }, "\(lines)")
  }

  @Test func soundProgramsGoOn() async {
    await #expect(processExitsWith: .success) {
      setenv("ACE_CHECK", "1", 1)
      try TestThread.run(count: 4) { number in
        var randomness = Randomness(seed: UInt64(number))
        var live: [StressBlock] = []
        for _ in 0..<8_000 {
          if live.isEmpty || randomness.below(2) == 0 {
            let byteCount = max(StressBlock.leastByteCount, randomness.anyMagnitude(upTo: 600 << 10))
            live.append(StressBlock(try TestThread.block(byteCount), byteCount))
          } else {
            let block = randomness.remove(from: &live)
            try block.check()
            deallocate(BlockPointer(at: block.address).raw)
          }
        }
        for block in live { deallocate(BlockPointer(at: block.address).raw) }
        Invariants.check()
      }
      guard Gate.isOn else { throw Finding(description: "the gate is open") }
    }
  }

  /// Without the gate, what does not hold in the heap's own records is told by the invariants.
  @Test func brokenRecordsAreFound() async {
    let result = await #expect(processExitsWith: .signal(SIGABRT), observing: [\.standardErrorContent]) {
      let heap = try TestThread.attachedHeap()
      let block = try TestThread.block(48)
      heap.flush()
      Slab(containing: block.address).record.pointee.countdown += 1
      Invariants.check()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("ace: live and free blocks are not all blocks: 0x"), "\(text)")
  }
}
