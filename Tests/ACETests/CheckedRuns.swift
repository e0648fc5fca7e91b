// SPDX-License-Identifier: MIT

@testable import ACEHosted

/// `RunBins` beside its model: every operation is done to both, and everything compared after it.
struct CheckedRuns {
  private var bins = RunBins<ArrayRunStore>()
  private(set) var model: NaiveRuns
  private let end: UInt32

  init(unitCount: UInt32) {
    ArrayRunStore.reset(unitCount: unitCount)
    model = NaiveRuns(unitCount: unitCount)
    end = unitCount + 1
    bins.add(1, unitCount)
  }

  /// The run; 0 when there was none.
  @discardableResult
  mutating func take(_ length: UInt32) throws -> UInt32 {
    let unit = bins.take(length)
    if unit == 0 {
      // A run of a bin in which all fit has to be found, and one as long as asked for in the last bin, where they need not.
      let last = RunBin.count - 1
      let missed = model.runs.first {
        $0.isFree && $0.length >= length
          && (RunBin.holding($0.length) >= RunBin.satisfying(length) || RunBin.holding($0.length) == last)
      }
      try demand(missed == nil, "no run of \(length) was found, but there is \(String(describing: missed))")
    } else {
      try demand(model.take(at: unit, length), "\(unit) is not the start of a free run of \(length)")
    }
    try compare()
    return unit
  }

  mutating func give(_ unit: UInt32) throws {
    let joined = bins.give(unit)
    let expected = model.give(unit)
    try demand(
      expected?.unit == joined.unit && expected?.length == joined.length,
      "\(joined), not \(String(describing: expected))")
    try compare()
  }

  mutating func resize(_ unit: UInt32, to length: UInt32) throws {
    let isDone = bins.resize(unit, to: length)
    try demand(isDone == model.resize(unit, to: length), "resizing \(unit) to \(length): \(isDone)")
    try compare()
  }

  mutating func trimFront(_ unit: UInt32, _ count: UInt32) throws {
    bins.trimFront(unit, count)
    model.trimFront(unit, count)
    try compare()
  }

  private func compare() throws {
    for run in model.runs {
      let tag = run.isFree ? RunTag.free(run.length) : RunTag.live(run.length)
      try demand(ArrayRunStore.tag(run.unit) == tag, "\(run) has the first tag \(ArrayRunStore.tag(run.unit))")
      try demand(ArrayRunStore.tag(run.unit + run.length - 1) == tag, "\(run) has another last tag")
    }
    try demand(ArrayRunStore.tag(0) == .border && ArrayRunStore.tag(end) == .border, "a border was written to")
    let free = model.freeUnitCount
    try demand(bins.checkInvariants(from: 1, to: end) == free, "the row has not \(free) free units")
    try demand(bins.checkBins() == free, "the bins have not \(free) units")
  }
}
