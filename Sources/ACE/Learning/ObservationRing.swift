// SPDX-License-Identifier: MIT

import CACE

/// Observations on their way from many threads to the one that decides, in a ring of 64 that never waits: one that finds no room
/// is refused and counted. Memory of zeros is an empty ring.
///
/// An entry's stamp says whose turn it is: in round r, counted from 0, a writer's at 2r, the reader's at 2r + 1. A writer claims
/// the next place, writes, and stamps it; the reader takes what is stamped, in order, and stamps it for the next round. So no
/// entry is read while it is written. (D. Vyukov, bounded queue, 1024cores.net, with rounds in place of positions.)
struct ObservationRing {
  @inline(__always) static var capacity: UInt64 { 64 }
  /// A stamp and an observation, on two cache lines.
  @inline(__always) static var entryWordCount: Int { 16 }

  /// The place that is claimed next. Written by writers, atomically.
  fileprivate var claimed: UInt64 = 0
  /// Observations refused. Written by writers, atomically.
  fileprivate var refused: UInt64 = 0
  fileprivate var padding = InlineArray<6, UInt64>(repeating: 0)
  /// The place that is taken next. Written by the reader.
  fileprivate var taken: UInt64 = 0
  fileprivate var morePadding = InlineArray<7, UInt64>(repeating: 0)
  /// 64 entries.
  fileprivate var words = InlineArray<1024, UInt64>(repeating: 0)
}

typealias ObservationRingPointer = UnsafeMutablePointer<ObservationRing>

extension UnsafeMutablePointer<ObservationRing> {
  @inline(__always) private var base: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) }
  // The ring's own words, in the order of its fields.
  @inline(__always) private var claimed: UnsafeMutableRawPointer { base }
  @inline(__always) private var refused: UnsafeMutableRawPointer { base + 8 }
  @inline(__always) private var taken: UnsafeMutableRawPointer { base + 64 }

  @inline(__always) private func entry(_ place: UInt64) -> UnsafeMutableRawPointer {
    base + 128 + Int(place % ObservationRing.capacity) * ObservationRing.entryWordCount * 8
  }

  /// Observations that found no room, since the ring was made.
  var refusedCount: UInt64 { ace_load(refused) }
  /// Observations that found room, since the ring was made. They may still be in the making.
  var acceptedCount: UInt64 { ace_load(claimed) }

  /// Hands in an observation, by any thread; false when there is no room: the caller keeps its counts for the next.
  func append(_ observation: Observation) -> Bool {
    var place = ace_load(claimed)
    while true {
      let turn = place / ObservationRing.capacity * 2
      let stamp = ace_load_acquire(entry(place))
      if stamp == turn {
        if ace_compare_exchange(claimed, place, place &+ 1) { break }
      } else if stamp < turn {
        // The reader has not been here since the last round.
        ace_add(refused, 1)
        return false
      }
      // Somebody else was quicker.
      place = ace_load(claimed)
    }
    let entry = entry(place)
    entry.store(observation)
    ace_store_release(entry, place / ObservationRing.capacity * 2 &+ 1)
    return true
  }

  /// Takes the oldest observation; nil when there is none, or it is still in the making. One thread at a time.
  func take() -> Observation? {
    let place = ace_load(taken)
    let round = place / ObservationRing.capacity * 2
    let entry = entry(place)
    guard ace_load_acquire(entry) == round &+ 1 else { return nil }
    let observation = entry.loadObservation()
    ace_store_release(entry, round &+ 2)
    ace_store(taken, place &+ 1)
    return observation
  }

  /// Empties a ring that no other thread uses: in a forked child, where what another thread was writing never gets done.
  func reset() {
    var word = 0
    while word < MemoryLayout<ObservationRing>.size / 8 {
      ace_store(base + word * 8, 0)
      word += 1
    }
  }
}

extension UnsafeMutableRawPointer {
  /// Writes an observation behind the stamp that begins an entry, word by word: a reader that is not to look yet may.
  fileprivate func store(_ observation: Observation) {
    let figures = observation.figures
    ace_store(self + 8, observation.heapNumber)
    ace_store(self + 16, observation.milliseconds)
    ace_store(self + 24, figures.blocks)
    ace_store(self + 32, figures.refills)
    ace_store(self + 40, figures.touchedPages)
    ace_store(self + 48, figures.claimedSlabs)
    ace_store(self + 56, figures.purgeCalls)
    ace_store(self + 64, figures.purgedPages)
    ace_store(self + 72, figures.remoteBatches)
    ace_store(self + 80, figures.memorySamples)
    ace_store(self + 88, figures.residentByteSum)
    ace_store(self + 96, figures.liveByteSum)
  }

  fileprivate func loadObservation() -> Observation {
    Observation(
      heapNumber: ace_load(self + 8), milliseconds: ace_load(self + 16),
      figures: EpochFigures(
        blocks: ace_load(self + 24), refills: ace_load(self + 32), touchedPages: ace_load(self + 40),
        claimedSlabs: ace_load(self + 48), purgeCalls: ace_load(self + 56), purgedPages: ace_load(self + 64),
        remoteBatches: ace_load(self + 72), memorySamples: ace_load(self + 80), residentByteSum: ace_load(self + 88),
        liveByteSum: ace_load(self + 96)))
  }
}
