// SPDX-License-Identifier: MIT

import Events
import Testing

@testable import Trace

@Suite("Frames that no writer makes")
struct HostileFrameTests {
  @Test("A block is taken over where the await covers it", arguments: [nil, 2] as [UInt64?])
  func handover(count: UInt64?) throws {
    let last = try #require(try HostileFrame.handover(awaiting: count).decode().last)
    #expect(last == PlacedEvent(.free, thread: 1, slot: 1, awaitedThread: 0, awaitedCount: 2))
  }

  @Test("What no program can have done is refused", arguments: HostileFrame.refused)
  func refused(frame: HostileFrame) {
    #expect(throws: FrameFault.self) { try frame.decode() }
  }
}
