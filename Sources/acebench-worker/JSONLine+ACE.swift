// SPDX-License-Identifier: MIT

import Allocators

extension JSONLine {
  /// ACE's own counters, each by the name of its field behind `ace_`.
  mutating func add(_ statistics: ACEStatistics) {
    for (name, value) in statistics.fields { add("ace_" + name, value) }
  }

  /// A line of its own for a size class.
  init(_ statistics: ACEClassStatistics) {
    self.init()
    add("size_class", UInt64(statistics.sizeClass))
    for (name, value) in statistics.fields { add(name, value) }
  }
}
