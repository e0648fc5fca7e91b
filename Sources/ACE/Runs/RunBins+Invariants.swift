// SPDX-License-Identifier: MIT

extension RunBins {
  /// Checks a row of runs between two borders, or from `unit` to `end`; how many units of them are free.
  func checkInvariants(from unit: UInt32, to end: UInt32) -> UInt64 {
    var unit = unit
    var wasFree = false
    var free: UInt64 = 0
    while unit < end {
      let tag = Store.tag(unit)
      require(tag.length > 0 && tag.length <= end &- unit, "a run has no length", UInt(unit))
      require(Store.tag(unit &+ tag.length &- 1) == tag, "the two tags of a run differ", UInt(unit))
      require(!(tag.isFree && wasFree), "neighbouring free runs are not joined", UInt(unit))
      if tag.isFree { free &+= UInt64(tag.length) }
      wasFree = tag.isFree
      unit &+= tag.length
    }
    return free
  }

  /// Checks every bin; how many units its runs have in all.
  func checkBins() -> UInt64 {
    var free: UInt64 = 0
    var bin = 0
    while bin < RunBin.count {
      var unit = firstRun(bin)
      require((unit != 0) == isOccupied(bin), "a bin's bit is not its list's", UInt(bin))
      var previous: UInt32 = 0
      while unit != 0 {
        let tag = Store.tag(unit)
        require(tag.isFree, "a run in a bin is not free", UInt(unit))
        require(RunBin.holding(tag.length) == bin, "a run is in the wrong bin", UInt(unit))
        require(Store.previous(unit) == previous, "a bin is not linked both ways", UInt(unit))
        free &+= UInt64(tag.length)
        previous = unit
        unit = Store.next(unit)
      }
      bin += 1
    }
    return free
  }
}
