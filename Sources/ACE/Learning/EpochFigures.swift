// SPDX-License-Identifier: MIT

/// What an epoch amounted to, or what one thread adds to it: sums, so that those of threads add up, and those of two moments
/// subtract. Sums wrap.
struct EpochFigures {
  /// Blocks handed out: the work.
  var blocks: UInt64 = 0
  /// Times that a front was empty.
  var refills: UInt64 = 0
  /// Pages of 4 KiB touched for the first time, or again after they had been purged.
  var touchedPages: UInt64 = 0
  /// Slabs taken from the shared pool.
  var claimedSlabs: UInt64 = 0
  /// System calls that gave memory back.
  var purgeCalls: UInt64 = 0
  /// Pages of 4 KiB that these gave back.
  var purgedPages: UInt64 = 0
  /// Batches of blocks posted to the heaps that own them.
  var remoteBatches: UInt64 = 0
  /// How often memory was looked at, and the sums of what was seen.
  var memorySamples: UInt64 = 0
  var residentByteSum: UInt64 = 0
  var liveByteSum: UInt64 = 0

  @inline(__always) static var fieldCount: Int { 10 }

  /// Notes what memory is now.
  mutating func sampleMemory(residentByteCount: UInt64, liveByteCount: UInt64) {
    memorySamples &+= 1
    residentByteSum &+= residentByteCount
    liveByteSum &+= liveByteCount
  }

  /// Over the samples; nil without any.
  var meanResidentByteCount: Double? { memorySamples == 0 ? nil : Double(residentByteSum) / Double(memorySamples) }
  var meanLiveByteCount: Double? { memorySamples == 0 ? nil : Double(liveByteSum) / Double(memorySamples) }

  static func + (left: EpochFigures, right: EpochFigures) -> EpochFigures {
    EpochFigures(
      blocks: left.blocks &+ right.blocks, refills: left.refills &+ right.refills,
      touchedPages: left.touchedPages &+ right.touchedPages, claimedSlabs: left.claimedSlabs &+ right.claimedSlabs,
      purgeCalls: left.purgeCalls &+ right.purgeCalls, purgedPages: left.purgedPages &+ right.purgedPages,
      remoteBatches: left.remoteBatches &+ right.remoteBatches,
      memorySamples: left.memorySamples &+ right.memorySamples,
      residentByteSum: left.residentByteSum &+ right.residentByteSum,
      liveByteSum: left.liveByteSum &+ right.liveByteSum)
  }

  static func - (left: EpochFigures, right: EpochFigures) -> EpochFigures {
    EpochFigures(
      blocks: left.blocks &- right.blocks, refills: left.refills &- right.refills,
      touchedPages: left.touchedPages &- right.touchedPages, claimedSlabs: left.claimedSlabs &- right.claimedSlabs,
      purgeCalls: left.purgeCalls &- right.purgeCalls, purgedPages: left.purgedPages &- right.purgedPages,
      remoteBatches: left.remoteBatches &- right.remoteBatches,
      memorySamples: left.memorySamples &- right.memorySamples,
      residentByteSum: left.residentByteSum &- right.residentByteSum,
      liveByteSum: left.liveByteSum &- right.liveByteSum)
  }
}
