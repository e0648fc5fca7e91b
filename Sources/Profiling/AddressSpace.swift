// SPDX-License-Identifier: MIT

/// Which files' code is mapped where in a process.
struct AddressSpace {
  struct Mapping: Equatable {
    var start: UInt64
    var end: UInt64
    var fileOffset: UInt64
    /// Of the collector's modules.
    var module: UInt32
  }

  /// In ascending order, without overlaps.
  private(set) var mappings: [Mapping] = []
  /// What addresses have turned out to be, until something is mapped.
  var knownLocations: [UInt64: UInt32] = [:]

  /// Takes in a mapping, in the place of what was there.
  mutating func insert(_ mapping: Mapping) {
    guard mapping.start < mapping.end else { return }
    knownLocations.removeAll()
    var kept: [Mapping] = []
    kept.reserveCapacity(mappings.count + 2)
    for other in mappings {
      if other.start < mapping.start {
        var before = other
        before.end = min(other.end, mapping.start)
        kept.append(before)
      }
      if other.end > mapping.end {
        var after = other
        after.start = max(other.start, mapping.end)
        after.fileOffset &+= after.start - other.start
        kept.append(after)
      }
    }
    kept.append(mapping)
    kept.sort { $0.start < $1.start }
    mappings = kept
  }

  /// The mapping that an address lies in; nil when it lies in none.
  func mapping(at address: UInt64) -> Mapping? {
    var low = 0
    var high = mappings.count
    while low < high {
      let middle = (low + high) / 2
      if mappings[middle].start <= address { low = middle + 1 } else { high = middle }
    }
    guard low > 0, address < mappings[low - 1].end else { return nil }
    return mappings[low - 1]
  }
}
