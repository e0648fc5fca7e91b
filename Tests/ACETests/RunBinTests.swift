// SPDX-License-Identifier: MIT

import Testing

@testable import ACEHosted

@Suite("Bins of runs") struct RunBinTests {
  /// All lengths to 2^16, then a sample to 2^22: each power of two and each eighth between, with its neighbours.
  private static let lengths: [UInt32] = {
    var lengths = Set<UInt32>(1...(1 << 16))
    for shift in 13..<19 as Range<UInt32> {
      for eighths in 8..<16 as Range<UInt32> {
        for length in (eighths << shift) - 1...(eighths << shift) + 1 { lengths.insert(length) }
      }
    }
    return lengths.sorted()
  }()

  @Test func aBinIsFoundForEveryLength() throws {
    var former = 0
    for length in Self.lengths where length < 1 << 22 {
      let (holding, satisfying) = (RunBin.holding(length), RunBin.satisfying(length))
      try demand((0..<RunBin.count).contains(holding), "\(length) is in bin \(holding)")
      try demand(holding >= former, "bins are not in the order of lengths at \(length)")
      try demand(holding <= former + 1, "no length is in bin \(former + 1)")
      try demand(holding <= satisfying && satisfying <= holding + 1, "\(length): \(holding), but \(satisfying)")
      former = holding
    }
    #expect(former == RunBin.count - 1)
  }

  /// The shortest run of a bin fits every length that the bin satisfies; the bin below has a run that does not.
  @Test func everyRunOfASatisfyingBinFits() throws {
    var shortest = [UInt32?](repeating: nil, count: RunBin.count)
    for length in Self.lengths where length < 1 << 22 && shortest[RunBin.holding(length)] == nil {
      shortest[RunBin.holding(length)] = length
    }
    for length in Self.lengths where length < 15 << 18 {
      let bin = RunBin.satisfying(length)
      for above in bin..<RunBin.count {
        guard let least = shortest[above] else { continue }
        try demand(least >= length, "bin \(above) has runs of \(least), too short for \(length)")
      }
      if bin > 1, let below = shortest[bin - 1] { try demand(below < length, "bin \(bin - 1) satisfies \(length) too") }
    }
  }

  @Test func aLengthBeyondTheLastBinStaysInIt() {
    for length in [1 << 22, 1 << 23, 1 << 30, UInt32(Int32.max)] as [UInt32] {
      #expect(RunBin.holding(length) == RunBin.count - 1)
      #expect(RunBin.satisfying(length) == RunBin.count - 1)
    }
  }

  @Test func aTagTellsLengthAndWhetherFree() {
    for length in Self.lengths {
      guard RunTag.live(length).length == length, !RunTag.live(length).isFree, RunTag.free(length).length == length,
        RunTag.free(length).isFree, RunTag.free(length) != RunTag.live(length), RunTag.live(length) != .border
      else {
        Issue.record("a tag of \(length) is wrong")
        return
      }
    }
    #expect(!RunTag.border.isFree)
  }
}
