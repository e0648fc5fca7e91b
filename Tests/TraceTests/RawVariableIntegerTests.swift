// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite struct RawVariableIntegerTests {
  @Test("numbers of every length come back, in as few bytes as they fit", arguments: 0..<56 as Range<UInt64>)
  func roundTrip(shift: UInt64) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 8)
    defer { memory.deallocate() }
    for number in [1 << shift, (2 << shift) - 1, (1 << shift) - 1] as [UInt64] {
      memory.storeBytes(of: .max, toByteOffset: 8, as: UInt64.self)
      let byteCount = RawVariableInteger.store(number, at: memory) - memory
      let bitCount = 64 - number.leadingZeroBitCount
      #expect(byteCount == max((bitCount + 6) / 7, 1))
      #expect(RawVariableInteger.byteCount(firstByte: memory.load(as: UInt8.self)) == byteCount)
      let word = memory.load(as: UInt64.self)
      #expect(RawVariableInteger.decode(word, byteCount: byteCount) == number)
      #expect(byteCount == 8 || word >> UInt64(8 * byteCount) == 0)
    }
  }
}
