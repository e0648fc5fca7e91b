// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite struct SizeClassTests {
  @Test func blocksHoldWhatTheyWereAskedFor() {
    for byteCount in UInt(0)...Layout.tinyLimit {
      let block = SizeClass(holding: byteCount).blockByteCount
      #expect(block >= byteCount)
      #expect(block < byteCount + Layout.grainByteCount)
    }
  }

  @Test func classesAreNumberedInTheOrderOfTheirSizes() {
    #expect(SizeClass(holding: 0).number == 0)
    #expect(SizeClass(holding: 1).number == 1)
    #expect(SizeClass(holding: Layout.tinyLimit).number == Layout.classCount)
    for number in 1...Layout.classCount {
      let size = SizeClass(number: number).blockByteCount
      #expect(SizeClass(holding: size).number == number)
      #expect(SizeClass(holding: size - 1).number == number)
      #expect(size % Layout.grainByteCount == 0)
    }
  }
}
