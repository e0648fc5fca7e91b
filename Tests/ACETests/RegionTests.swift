// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("A part of the span", .serialized) struct RegionTests {
  // Sanitizers keep different parts of the address space for themselves.
  private static let places: [UInt] = [3 << 43, 1 << 38]

  /// Runs a body with a place where nothing is mapped, as long as the region that is made there.
  private func withPlace(_ byteCount: UInt, _ body: (UInt) throws -> Void) throws {
    let place = Self.places.first { place in
      let hint = UnsafeMutableRawPointer(bitPattern: place)
      guard let memory = ace_map(hint, Int(byteCount), PROT_NONE, Int32(ACE_MAP_FIXED_NOREPLACE)) else { return false }
      munmap(memory, Int(byteCount))
      return memory == hint
    }
    guard let place else { throw Finding(description: "every place is taken") }
    defer { munmap(UnsafeMutableRawPointer(bitPattern: place), Int(byteCount)) }
    try body(place)
  }

  @Test func containsItsAddressesOnly() {
    let region = Region(start: 1 << 20, byteCount: 1 << 16)
    #expect(region.contains(1 << 20))
    #expect(region.contains((1 << 20) + (1 << 16) - 1))
    for address in [0, 1, (1 << 20) - 1, (1 << 20) + (1 << 16), UInt.max] as [UInt] {
      #expect(!region.contains(address))
    }
    #expect(!Region().contains(0))
  }

  @Test(arguments: [4096, 65_536, 2 << 20] as [UInt], 1...3 as ClosedRange<UInt64>)
  func committingOnlyGrows(step: UInt, seed: UInt64) throws {
    let limit: UInt = 64 << 20
    try withPlace(limit) { start in
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
        let last = BlockPointer(at: start + after - 8).raw.assumingMemoryBound(to: UInt.self)
        try demand(last.pointee == 0, "fresh memory is not zero")
        last.pointee = after
        try demand(region.commit(randomness.below(after), step: step), "what is committed was refused")
        try demand(region.committedByteCount == after && last.pointee == after, "what was committed has changed")
        callCount += 1
      }
      try demand(!region.commit(limit + 1, step: step), "more than the region was committed")
      try demand(region.committedByteCount == limit, "a refusal has changed something")
      try demand(step < 65_536 || callCount < 64, "\(callCount) calls to commit it all")
    }
  }

  /// False under ThreadSanitizer: there the whole span is reserved, and committing may replace what is there.
  private static let respectsOthers: Bool = {
    HeapRegistry.begin()
    return !Region.isReserved
  }()

  /// What somebody else has mapped stays theirs; a growing step that meets it is tried again at its least.
  @Test(.enabled(if: respectsOthers)) func anObstacleIsNotReplaced() throws {
    try withPlace(8 << 20) { start in
      var region = Region(start: start, byteCount: 8 << 20)
      try demand(region.commit(2 << 20, step: 4096), "the beginning was refused")
      // Half as much again reaches it.
      let hint = UnsafeMutableRawPointer(bitPattern: start + (5 << 19))
      let flags = Int32(ACE_MAP_FIXED_NOREPLACE)
      guard let obstacle = ace_map(hint, 4096, PROT_READ | PROT_WRITE, flags), obstacle == hint else {
        throw Finding(description: "there is no obstacle")
      }
      obstacle.storeBytes(of: 77, as: UInt8.self)
      let before = region.committedByteCount
      try demand(region.commit(before + 4096, step: 4096), "the least step was refused")
      try demand(region.committedByteCount == before + 4096, "\(region.committedByteCount) are committed")
      try demand(!region.commit(4 << 20, step: 4096), "the obstacle was committed")
      try demand(region.committedByteCount == before + 4096, "a refusal has changed something")
      try demand(obstacle.load(as: UInt8.self) == 77, "the obstacle was replaced")
    }
  }
}
