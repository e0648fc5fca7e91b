// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Every knob and switch, at its ends and while it moves") struct KnobStressTests {
    /// Random operations of one thread, some of whose blocks another frees; what is live is checked, and all laws.
    private func operate(_ heap: HeapPointer, seed: UInt64, steps: Int, each: (inout Randomness) -> Void = { _ in })
      throws
    {
      var randomness = Randomness(seed: seed)
      var live: [MarkedBlock] = []
      for step in 0..<steps {
        if live.isEmpty || randomness.below(16) < [11, 4][step / 1_000 % 2] {
          let limit =
            [512, 1024, 1024, 20_000, 400_000][
              randomness.below(128) < 120 ? randomness.below(3) : 3 + randomness.below(2)] as UInt
          live.append(try MarkedBlock(1 + randomness.below(limit)))
        } else {
          try randomness.remove(from: &live).free()
        }
        if step % 16 == 0 { each(&randomness) }
        switch randomness.below(1_000) {
        case 0: heap.trim()
        case 1: heap.lookAfterClasses()
        case 2:
          let count = min(60, live.count)
          let remote = (0..<count).map { _ in randomness.remove(from: &live) }
          try TestThread.runWithHeap { _ in try MarkedBlock.free(remote) }
        case 3: Upkeep.tickShared(PolicyClock.now())
        case 4: PolicyClock.advance(by: 1 + randomness.below(200))
        default: break
        }
        if step % 1_000 == 999 {
          heap.drain()
          try HeapLaw.check(heap, live: Set(live.map(\.address)))
          Invariants.check()
        }
      }
      try MarkedBlock.free(live)
      try HeapLaw.checkEmpty(heap)
      Invariants.check()
    }

    @Test(arguments: SavedSettings.allKnobs.map(\.rawValue), [false, true])
    func eachAtItsEnds(number: Int, isGreatest: Bool) throws {
      try SavedSettings.runWithHeap { heap in
        guard let knob = Knob(rawValue: number) else { throw Finding(description: "no knob \(number)") }
        Switch.onBits = Profile.full.switchBits & ~Switch.worker.bit
        knob.value = isGreatest ? knob.facts.greatest : knob.facts.least
        try self.operate(heap, seed: UInt64(number), steps: 4_000)
      }
    }

    @Test(arguments: 0..<Switch.count, [Profile.full.rawValue, Profile.conservative.rawValue])
    func eachSwitchTurned(number: Int, profile: Int) throws {
      try SavedSettings.runWithHeap { heap in
        guard let policy = Switch(rawValue: number), let profile = Profile(rawValue: profile), policy != .worker else {
          return
        }
        Switch.onBits = profile.switchBits & ~Switch.worker.bit
        policy.isOn.toggle()
        try self.operate(heap, seed: UInt64(number) + 100, steps: 4_000)
      }
    }

    /// Everything but the routes may be set at any time.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func allMoveAtRandom(seed: UInt64) throws {
      try SavedSettings.runWithHeap { heap in
        try self.operate(heap, seed: seed, steps: 20_000) { Self.moveSomething(&$0) }
      }
    }

    private static func moveSomething(_ randomness: inout Randomness) {
      if randomness.below(4) == 0 {
        Switch.onBits = randomness.next() & ((1 << UInt64(Switch.count)) - 1) & ~Switch.worker.bit
      } else if let knob = Knob(rawValue: randomness.below(Knob.count)) {
        let facts = knob.facts
        knob.value = max(facts.least, randomness.anyMagnitude(upTo: facts.greatest))
      }
    }

    /// The same while other threads allocate, and free one another's blocks.
    @Test func allMoveWhileThreadsGoOn() throws {
      try SavedSettings.runWithHeap { heap in
        nonisolated(unsafe) let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
        slots.initialize(repeating: 0, count: 64)
        defer { slots.deallocate() }
        let threads = (0..<3 as Range<UInt64>).map { number in
          TestThread {
            var randomness = Randomness(seed: 77 + number)
            let own = try TestThread.attachedHeap()
            for step in 0..<20_000 {
              let block = StressBlock(try TestThread.block(64 + randomness.below(3_000 as UInt)), 64)
              let other = UInt(ace_exchange(slots + randomness.below(64), UInt64(block.address)))
              if other != 0 {
                let taken = StressBlock(at: other)
                try taken.check()
                deallocate(BlockPointer(at: other).raw)
              }
              if step % 2_000 == 0 { own.checkInvariants() }
            }
          }
        }
        try self.operate(heap, seed: 9, steps: 10_000) { Self.moveSomething(&$0) }
        for thread in threads { try thread.join() }
        for slot in 0..<64 { deallocate(UnsafeMutableRawPointer(bitPattern: UInt(slots[slot]))) }
        heap.drain()
        Invariants.check()
      }
    }
  }
}
