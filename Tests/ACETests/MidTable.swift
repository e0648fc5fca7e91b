// SPDX-License-Identifier: MIT

@testable import ACEHosted

/// The table of a superslab of mid blocks, read by hand.
enum MidTable {
  /// The runs of the superslab that an address lies in, by their addresses; whole, in order, and joined where free.
  static func runs(around address: UInt) throws -> [UInt: (byteCount: UInt, isFree: Bool)] {
    let start = MidStore.unit(address & ~(Layout.superslabByteCount - 1))
    let end = start + MidStore.unitsPerSuperslab - 1
    try demand(MidStore.tag(start + MidStore.tableUnitCount - 1) == .border, "there is no border at the table")
    try demand(MidStore.tag(end) == .border, "there is no border at the end")
    var runs: [UInt: (byteCount: UInt, isFree: Bool)] = [:]
    var unit = start + MidStore.tableUnitCount
    var wasFree = false
    while unit < end {
      let tag = MidStore.tag(unit)
      try demand(tag.length > 0 && unit + tag.length <= end, "a run of \(tag.length) at \(unit - start)")
      try demand(MidStore.tag(unit + tag.length - 1) == tag, "two tags of a run differ")
      try demand(!(wasFree && tag.isFree), "free neighbours are not joined")
      runs[MidStore.address(unit)] = (UInt(tag.length) << Layout.midUnitShift, tag.isFree)
      wasFree = tag.isFree
      unit += tag.length
    }
    return runs
  }

  /// Checks the table of every superslab that has one of these blocks: each is live there, and as long as it has to be.
  static func check(live: [UInt: UInt]) throws {
    for (superslab, addresses) in Dictionary(grouping: live.keys, by: { $0 >> Layout.superslabShift }) {
      let runs = try runs(around: superslab << Layout.superslabShift)
      for address in addresses {
        guard let run = runs[address], !run.isFree else {
          throw Finding(description: "\(address) is not live in its table")
        }
        let byteCount = live[address] ?? 0
        try demand(run.byteCount >= byteCount, "\(run.byteCount) bytes for \(byteCount)")
        try demand(MidHeap.usableByteCount(address) == run.byteCount, "its usable size is another")
      }
    }
  }
}
