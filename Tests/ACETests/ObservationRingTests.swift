// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("Observations on their way") final class ObservationRingTests {
  private let ring = ObservationRingPointer.allocate(capacity: 1)

  init() {
    ring.withMemoryRebound(to: UInt8.self, capacity: MemoryLayout<ObservationRing>.size) {
      $0.update(repeating: 0, count: MemoryLayout<ObservationRing>.size)
    }
  }

  deinit { ring.deallocate() }

  /// All its words tell who made it and when.
  private static func observation(_ thread: UInt64, _ sequence: UInt64) -> Observation {
    let word = thread << 48 | sequence
    return Observation(
      heapNumber: thread, milliseconds: sequence,
      figures: EpochFigures(
        blocks: word &* 3, refills: word &* 5, touchedPages: word &* 7, claimedSlabs: word &* 11,
        purgeCalls: word &* 13, purgedPages: word &* 17, remoteBatches: word &* 19, memorySamples: word &* 23,
        residentByteSum: word &* 29, liveByteSum: word &* 31))
  }

  /// Whether it is whole.
  private static func isWhole(_ observation: Observation) -> Bool {
    let word = observation.heapNumber << 48 | observation.milliseconds
    let figures = observation.figures
    return [
      figures.blocks, figures.refills, figures.touchedPages, figures.claimedSlabs, figures.purgeCalls,
      figures.purgedPages, figures.remoteBatches, figures.memorySamples, figures.residentByteSum, figures.liveByteSum,
    ] == [3, 5, 7, 11, 13, 17, 19, 23, 29, 31].map { word &* $0 }
  }

  @Test func itsLayoutIsAsItIsReached() {
    #expect(MemoryLayout<ObservationRing>.size == 128 + 64 * 128)
    #expect(Observation.wordCount * 8 == MemoryLayout<Observation>.size)
    #expect(Observation.wordCount < ObservationRing.entryWordCount)
  }

  /// Around several times, with every fill.
  @Test func whatGoesInComesOutInOrder() throws {
    var (sent, received) = (0 as UInt64, 0 as UInt64)
    #expect(ring.take() == nil)
    for fill in Array(1...64) + [64, 63, 1, 64] {
      for _ in 0..<fill {
        #expect(ring.append(Self.observation(3, sent)))
        sent += 1
      }
      for _ in 0..<fill {
        let observation = try #require(ring.take())
        #expect(Self.isWhole(observation) && observation.milliseconds == received && observation.heapNumber == 3)
        received += 1
      }
      #expect(ring.take() == nil)
    }
    #expect(ring.acceptedCount == sent && ring.refusedCount == 0)
  }

  @Test func whatFindsNoRoomIsCounted() {
    for number in 0..<64 as Range<UInt64> { #expect(ring.append(Self.observation(1, number))) }
    for _ in 0..<10 { #expect(!ring.append(Self.observation(2, 0))) }
    #expect(ring.refusedCount == 10 && ring.acceptedCount == 64)
    #expect(ring.take()?.milliseconds == 0)
    #expect(ring.append(Self.observation(1, 64)))
    #expect(!ring.append(Self.observation(2, 0)))
    for number in 1...64 as ClosedRange<UInt64> { #expect(ring.take()?.milliseconds == number) }
    #expect(ring.take() == nil)
  }

  @Test func aRingThatIsResetIsAsNew() {
    for round in 0..<5 as Range<UInt64> {
      for number in 0..<60 as Range<UInt64> { #expect(ring.append(Self.observation(round, number))) }
      for number in 0..<30 as Range<UInt64> { #expect(ring.take()?.milliseconds == number) }
      ring.reset()
      #expect(ring.take() == nil && ring.acceptedCount == 0)
    }
  }

  /// Four threads hand in while one takes: all that was accepted arrives once, whole, and in each thread's order; all else is
  /// counted as refused.
  @Test(arguments: 1...3 as ClosedRange<UInt64>) func nothingIsTornOrLostUnreported(seed: UInt64) throws {
    let (threadCount, perThread) = (4, 30_000 as UInt64)
    let ring = ring
    let accepted = UnsafeMutablePointer<UInt64>.allocate(capacity: threadCount + 1)
    accepted.initialize(repeating: 0, count: threadCount + 1)
    defer { accepted.deallocate() }
    let ended = UnsafeMutableRawPointer(accepted + threadCount)
    let writers = (0..<threadCount).map { number in
      TestThread {
        var randomness = Randomness(seed: seed << 8 | UInt64(number))
        for sequence in 0..<perThread {
          if ring.append(Self.observation(UInt64(number), sequence)) { accepted[number] += 1 }
          if randomness.below(64) == 0 { sched_yield() }
        }
        ace_add(ended, 1)
      }
    }
    var taken = [UInt64](repeating: 0, count: threadCount)
    var next = [UInt64](repeating: 0, count: threadCount)
    func takeAll() throws {
      while let observation = ring.take() {
        try #require(Self.isWhole(observation))
        let thread = Int(observation.heapNumber)
        try #require(observation.milliseconds >= next[thread])
        next[thread] = observation.milliseconds + 1
        taken[thread] += 1
      }
    }
    var failure: (any Error)?
    while ace_load(ended) < UInt64(threadCount), failure == nil {
      do { try takeAll() } catch { failure = error }
    }
    for writer in writers { try writer.join() }
    if let failure { throw failure }
    try takeAll()
    #expect(taken == (0..<threadCount).map { accepted[$0] })
    let total = taken.reduce(0, +)
    #expect(total + ring.refusedCount == UInt64(threadCount) * perThread)
    #expect(ring.acceptedCount == total)
    #expect(total > 64)
  }
}
