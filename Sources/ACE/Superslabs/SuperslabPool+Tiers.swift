// SPDX-License-Identifier: MIT

import CACE

extension SuperslabPool {
  /// How many superslabs are of each tier; those that are not mapped at the moment are of none.
  static func tierCounts() -> (hot: UInt64, draining: UInt64, free: UInt64) {
    ace_take(ACE_LOCK_SUPERSLABS)
    defer { ace_give(ACE_LOCK_SUPERSLABS) }
    var counts: (hot: UInt64, draining: UInt64, free: UInt64) = (0, 0, 0)
    var index: UInt = 0
    while index < count {
      if isMapped(index) {
        switch record(index).pointee.tier {
        case .hot: counts.hot &+= 1
        case .draining: counts.draining &+= 1
        case .free: counts.free &+= 1
        }
      }
      index &+= 1
    }
    return counts
  }
}
