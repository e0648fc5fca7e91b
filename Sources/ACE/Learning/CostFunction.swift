// SPDX-License-Identifier: MIT

/// What an epoch cost: half a doubling of time and half a doubling of memory for each unit, or as the goal shares it.
///
///     cost = share · log2(T / 1 ns) + (1 − share) · log2(M)
///
/// T is nanoseconds for each block handed out: the hot path's 4, and those of slow events, divided by the blocks. M is the mean
/// of resident bytes divided by that of live bytes, of which at least 64 KiB count: what ACE needs to be there at all is no
/// decision's fault. `balanced` is half the logarithm of time × memory.
///
/// Both come of counts and never of a clock, so that the same program decides the same every time; the nanoseconds of an event
/// are constants, medians of 100 runs on a virtual machine of two cores (Linux, 4 KiB pages, no huge ones). Errors in them bend
/// the balance between events, but both sides of a contest alike.
struct CostFunction {
  var goal: Goal

  /// malloc and free of a block that is in the front, and that was.
  @inline(__always) static var blockNanoseconds: Double { 4 }
  /// Taking a list, counting, and the misses of the slab's line.
  @inline(__always) static var refillNanoseconds: Double { 40 }
  /// The lock of the superslabs, a search of bits, and a new slab's record.
  @inline(__always) static var claimNanoseconds: Double { 250 }
  /// A fault: 480 to 700 measured, by how many are in a row; 1250 where the machine below has to find memory too.
  @inline(__always) static var touchedPageNanoseconds: Double { 600 }
  /// `madvise(MADV_DONTNEED)`: 350 to 400 for the call,
  @inline(__always) static var purgeCallNanoseconds: Double { 400 }
  /// and 62 to 110 for each page.
  @inline(__always) static var purgedPageNanoseconds: Double { 80 }
  /// One exchange of a line that others write: ten times the 5 of an exchange alone, and the owner's look at it.
  @inline(__always) static var remoteBatchNanoseconds: Double { 60 }

  /// Epochs of fewer blocks say nothing: one page touched would be half a nanosecond a block.
  @inline(__always) static var leastBlocks: UInt64 { 1024 }
  @inline(__always) static var leastLiveByteCount: Double { 65_536 }
  @inline(__always) static var leastResidentByteCount: Double { 4096 }

  /// nil for an epoch of fewer than 1024 blocks, or in which nobody looked at memory. From -60 to 100 for any counts.
  func cost(of figures: EpochFigures) -> Double? {
    guard figures.blocks >= Self.leastBlocks, let resident = figures.meanResidentByteCount,
      let live = figures.meanLiveByteCount
    else { return nil }
    let slowNanoseconds =
      Double(figures.refills) * Self.refillNanoseconds
      + Double(figures.claimedSlabs) * Self.claimNanoseconds
      + Double(figures.touchedPages) * Self.touchedPageNanoseconds
      + Double(figures.purgeCalls) * Self.purgeCallNanoseconds
      + Double(figures.purgedPages) * Self.purgedPageNanoseconds
      + Double(figures.remoteBatches) * Self.remoteBatchNanoseconds
    let nanoseconds = Self.blockNanoseconds + slowNanoseconds / Double(figures.blocks)
    let memory =
      (resident > Self.leastResidentByteCount ? resident : Self.leastResidentByteCount)
      / (live > Self.leastLiveByteCount ? live : Self.leastLiveByteCount)
    let share = goal.timeShare
    return share * Binary.logarithm(of: nanoseconds) + (1 - share) * Binary.logarithm(of: memory)
  }

  /// A cost as decisions tell it: in thousandths, plus 1,000,000. Costs beyond ±1000 are told as that.
  static func told(_ cost: Double) -> UInt64 {
    guard cost > -1000 else { return 0 }
    return UInt64(((cost < 1000 ? cost : 1000) * 1000 + 1_000_000.5))
  }
}
