// SPDX-License-Identifier: MIT

import CACE

extension MidHeap {
  /// Gives the pages inside of free runs back to the system, but for each run's first; how many. A run says behind its links
  /// how long it was when that was last done, so that it is not done again: where that is not so any more, or where what lies
  /// there only looks like it, no more is lost than a call of the system, or the pages of a run until it changes.
  mutating func trimPages() -> UInt {
    var pageCount: UInt = 0
    var bin = RunBin.holding(MidStore.unitsPerPage)
    while bin < RunBin.count {
      var unit = bins.firstRun(bin)
      while unit != 0 {
        pageCount &+= trim(unit)
        unit = MidStore.next(unit)
      }
      bin += 1
    }
    forgetPeak()
    return pageCount
  }

  private mutating func trim(_ unit: UInt32) -> UInt {
    let length = MidStore.tag(unit).length
    guard MidStore.trimmedLength(unit) != length else { return 0 }
    let start = MidStore.address(unit)
    let first = Layout.roundUp(start &+ 16, to: Layout.pageByteCount)
    let end = (start &+ UInt(length) << Layout.midUnitShift) & ~(Layout.pageByteCount &- 1)
    guard end > first else { return 0 }
    MidStore.setTrimmedLength(unit, length)
    let memory = UnsafeMutableRawPointer(bitPattern: first).unsafelyUnwrapped
    return ace_purge(memory, Int(end &- first)) ? (end &- first) / Layout.pageByteCount : 0
  }
}
