// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("A part of the span") struct RegionTests {
  private func withReservation(_ byteCount: UInt, _ body: (UInt) throws -> Void) throws {
    guard let memory = ace_map(nil, Int(byteCount), PROT_NONE, Int32(MAP_NORESERVE)) else {
      throw Finding(description: "no address space")
    }
    defer { munmap(memory, Int(byteCount)) }
    try body(memory.address)
  }

  @Test func containsItsAddressesOnly() {
    let region = Region(start: 1 << 20, byteCount: 1 << 16)
    #expect(region.contains(1 << 20))
    #expect(region.contains((1 << 20) + (1 << 16) - 1))
    for address in [0, 1, (1 << 20) - 1, (1 << 20) + (1 << 16), UInt.max] as [UInt] { #expect(!region.contains(address)) }
    #expect(!Region().contains(0))
  }

  @Test(arguments: [4096, 65_536, 2 << 20] as [UInt], 1...3 as ClosedRange<UInt64>)
  func committingOnlyGrows(step: UInt, seed: UInt64) throws {
    let limit: UInt = 64 << 20
    try withReservation(limit) { start in
      var randomness = Randomness(seed: seed)
      var region = Region(start: start, byteCount: limit)
      var callCount = 0
      while region.committedByteCount < limit {
        let before = region.committedByteCount
        let needed = min(before + randomness.anyMagnitude(upTo: 4 << 20), limit)
        try demand(region.commit(needed, step: step), "\(needed) bytes were refused")
        let after = region.committedByteCount
        try demand(after >= needed && after >= before && after <= limit, "\(after) are committed for \(needed)")
        try demand(after % step == 0, "\(after) is no multiple of \(step)")
        guard let last = UnsafeMutablePointer<UInt8>(bitPattern: start + after - 1) else { return }
        try demand(last.pointee == 0, "fresh memory is not zero")
        last.pointee = 1
        try demand(region.commit(randomness.below(after), step: step), "what is committed was refused")
        try demand(region.committedByteCount == after, "what was committed has changed")
        callCount += 1
      }
      try demand(!region.commit(limit + 1, step: step), "more than the region was committed")
      try demand(region.committedByteCount == limit, "a refusal has changed something")
      try demand(step < 65_536 || callCount < 64, "\(callCount) calls to commit it all")
    }
  }

  @Test func whatTheSystemRefusesChangesNothing() {
    // Below what may be mapped.
    var region = Region(start: 4096, byteCount: 32 << 10)
    let isCommitted = region.commit(4096, step: 4096)
    #expect(!isCommitted)
    #expect(region.committedByteCount == 0)
  }

  /// A growing step that is refused is tried again at its least.
  @Test func theLeastStepIsTriedToo() throws {
    let file = ace_open_for_reading("/proc/self/exe")
    defer { close(file) }
    try withReservation(8 << 20) { start in
      var region = Region(start: start, byteCount: 8 << 20)
      try demand(region.commit(2 << 20, step: 4096), "the beginning was refused")
      // Half as much again reaches a page that nobody may make writable.
      let obstacle = UnsafeMutableRawPointer(bitPattern: start + (5 << 19))
      try demand(mmap(obstacle, 4096, PROT_NONE, MAP_SHARED | MAP_FIXED, file, 0) == obstacle, "there is no obstacle")
      let before = region.committedByteCount
      try demand(region.commit(before + 4096, step: 4096), "the least step was refused")
      try demand(region.committedByteCount == before + 4096, "\(region.committedByteCount) are committed")
      try demand(!region.commit(4 << 20, step: 4096), "the obstacle was committed")
      try demand(region.committedByteCount == before + 4096, "a refusal has changed something")
    }
  }
}
