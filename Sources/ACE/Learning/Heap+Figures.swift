// SPDX-License-Identifier: MIT

extension UnsafeMutablePointer<Heap> {
  /// All that the heap has ever counted, but for memory, which is counted for the process.
  func figures() -> EpochFigures {
    var figures = EpochFigures()
    var number = 1
    while number <= Layout.classCount {
      let counters = pointee.counters[unchecked: number]
      figures.blocks &+= counters.refilledBlocks &+ counters.borrowedBlocks
      figures.refills &+= counters.refills
      figures.touchedPages &+= UInt64(counters.carvedPages)
      number += 1
    }
    figures.blocks &+= pointee.mid.allocationCount
    figures.claimedSlabs = pointee.warmMissCount
    figures.remoteBatches = pointee.outbox.batchCount
    return figures
  }
}

extension ClassFigures {
  /// Adds what a class has ever counted in a heap. What is read of a heap in use is right for some moment only.
  mutating func add(_ counters: ClassCounters) {
    refills &+= counters.refills
    carvedPages &+= UInt64(counters.carvedPages)
    begunSlabs &+= UInt64(counters.begunSlabs)
    returnedSlabs &+= UInt64(counters.returnedSlabs)
    shrunkLists &+= UInt64(counters.shrunkLists)
    regrettedLists &+= UInt64(counters.regrettedLists)
  }

  /// What was counted between two moments.
  static func - (later: ClassFigures, earlier: ClassFigures) -> ClassFigures {
    ClassFigures(
      refills: later.refills &- earlier.refills, carvedPages: later.carvedPages &- earlier.carvedPages,
      begunSlabs: later.begunSlabs &- earlier.begunSlabs, returnedSlabs: later.returnedSlabs &- earlier.returnedSlabs,
      shrunkLists: later.shrunkLists &- earlier.shrunkLists,
      regrettedLists: later.regrettedLists &- earlier.regrettedLists)
  }
}
