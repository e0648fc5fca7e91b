// SPDX-License-Identifier: MIT

@testable import ACEHosted

/// A single-threaded program about which there is something to decide: slabs come and go, pages are carved, lists rest.
enum PhasedProgram {
  /// Runs on the calling thread; the same every time.
  static func run(rounds: Int) throws {
    var randomness = Randomness(seed: 5)
    for round in 0..<rounds {
      let byteCount: UInt = [1_000, 64, 500, 1_000, 320][round % 5]
      var blocks: [UInt] = []
      for _ in 0..<6_000 { blocks.append(try TestThread.block(byteCount - randomness.below(8)).address) }
      for address in blocks { deallocate(BlockPointer(at: address).raw) }
      if round % 7 == 0 { deallocate(try TestThread.block(300_000)) }
    }
  }
}
