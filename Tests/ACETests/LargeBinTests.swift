// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("Large blocks of one bin") struct LargeBinTests {
  /// The last free run has the length asked for, or more, but is not the first of its bin: it is not found, and the units to
  /// extend it by are none, or fewer than none.
  @Test(.disabled("LargeHeap.take extends by less than nothing")) func theLastRunFitsButIsNotFound() async {
    await #expect(processExitsWith: .success) { try LargeBinTests.takeTheSecondOfABin(68) }
    await #expect(processExitsWith: .success) { try LargeBinTests.takeTheSecondOfABin(70) }
  }

  /// The last free run is the first of its bin: it is extended, or used.
  @Test func theLastRunIsExtended() async {
    await #expect(processExitsWith: .success) { try LargeBinTests.takeTheSecondOfABin(72) }
    await #expect(processExitsWith: .success) { try LargeBinTests.takeTheSecondOfABin(400) }
  }

  private static func takeTheSecondOfABin(_ length: UInt) throws {
    HeapRegistry.begin()
    func block(_ unitCount: UInt) throws -> UInt {
      guard let made = LargeHeap.allocate(unitCount << Layout.largeUnitShift, alignment: 1) else {
        throw Finding(description: "no memory")
      }
      return made.block.address
    }
    let first = try block(64)
    _ = try block(1)
    let last = try block(70)
    LargeHeap.deallocate(last)
    LargeHeap.deallocate(first)
    LargeHeap.checkInvariants()
    let taken = try block(length)
    LargeHeap.checkInvariants()
    memset(BlockPointer(at: taken).raw, 1, Int(length << Layout.largeUnitShift))
    LargeHeap.deallocate(taken)
    LargeHeap.checkInvariants()
  }
}
