// SPDX-License-Identifier: MIT

/// What is known of a slab's pages, in the half of a cache line that its record leaves. Written by whoever may write the record,
/// and under the superslabs' lock while nobody uses the slab.
struct SlabPages {
  /// A bit for each page of which all blocks were free and which went back to the system: its blocks, those that reach into
  /// a neighbouring page among them, are in no list until the page is taken into use again.
  var holes: UInt16 = 0
  /// Pages that may be resident; of a slab that nobody uses, those of its last use.
  var residentCount: UInt8 = 0

  @inline(__always) func isHole(_ page: UInt) -> Bool { holes & (1 << UInt16(page)) != 0 }
}
