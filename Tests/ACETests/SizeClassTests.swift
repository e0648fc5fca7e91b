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
}
