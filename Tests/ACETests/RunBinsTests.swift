// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Runs against a model", .serialized) struct RunBinsTests {
  /// Every sequence of operations on a few units, each with every length.
  @Test(arguments: 1...6 as ClosedRange<UInt32>)
  func everySequence(unitCount: UInt32) throws {
    var sequenceCount = 0
    try proceed(CheckedRuns(unitCount: unitCount), unitCount, depth: 4, &sequenceCount)
    #expect(sequenceCount >= Int(unitCount))
  }

  private func proceed(_ runs: CheckedRuns, _ unitCount: UInt32, depth: Int, _ sequenceCount: inout Int) throws {
    if depth == 0 {
      sequenceCount += 1
      return
    }
    let entries = ArrayRunStore.entries
    func after(_ operation: (inout CheckedRuns) throws -> Void) throws {
      var next = runs
      ArrayRunStore.entries = entries
      try operation(&next)
      try proceed(next, unitCount, depth: depth - 1, &sequenceCount)
    }
    for length in 1...unitCount { try after { try $0.take(length) } }
    for run in runs.model.live {
      try after { try $0.give(run.unit) }
      for length in 1...unitCount where length != run.length { try after { try $0.resize(run.unit, to: length) } }
      for count in 1..<max(run.length, 1) { try after { try $0.trimFront(run.unit, count) } }
    }
  }

  /// Rows so short that they fill up, and so long that bins hold runs of different lengths.
  @Test(arguments: [30, 500, 20_000] as [UInt32], 1...4 as ClosedRange<UInt64>)
  func randomOperations(unitCount: UInt32, seed: UInt64) throws {
    var randomness = Randomness(seed: seed)
    var runs = CheckedRuns(unitCount: unitCount)
    for _ in 0..<600 {
      let live = runs.model.live
      let run = live.isEmpty ? nil : live[randomness.below(live.count)]
      switch (randomness.below(10), run) {
      case (0...4, _), (_, nil): try runs.take(randomness.anyMagnitude(upTo: unitCount))
      case (5...6, let run?): try runs.give(run.unit)
      case (7...8, let run?): try runs.resize(run.unit, to: randomness.anyMagnitude(upTo: unitCount))
      case (_, let run?):
        if run.length > 1 { try runs.trimFront(run.unit, 1 + randomness.below(run.length - 1)) }
      }
    }
    for run in runs.model.live { try runs.give(run.unit) }
    #expect(runs.model.runs == [NaiveRuns.Run(unit: 1, length: unitCount, isFree: true)])
  }

  /// A run of the bin below is served when it is the bin's first; when it is not, it may be missed, but nothing breaks.
  @Test func runsOfOneBinThatDoNotAllFit() throws {
    var runs = CheckedRuns(unitCount: 300)
    let long = try runs.take(70)
    try runs.take(1)
    let short = try runs.take(64)
    try runs.take(165)
    try runs.give(short)
    try runs.give(long)
    #expect(try runs.take(68) == long)
    try runs.give(long)
    #expect(try runs.take(64) == long)
    try runs.give(long)
    #expect(RunBin.holding(64) == RunBin.holding(70))
  }

  @Test func runsOfTheLastBinNeedNotFit() throws {
    let least: UInt32 = 15 << 18
    #expect(RunBin.holding(least) == RunBin.count - 1)
    #expect(RunBin.holding(2 * least) == RunBin.count - 1)
    var runs = CheckedRuns(unitCount: 3 * least + 2)
    let long = try runs.take(2 * least)
    try runs.take(1)
    let short = try runs.take(least)
    try runs.take(1)
    try runs.give(long)
    try runs.give(short)
    #expect(try runs.take(2 * least) == long)
    #expect(try runs.take(2 * least) == 0)
    #expect(try runs.take(least) == short)
  }
}
