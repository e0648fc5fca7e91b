// SPDX-License-Identifier: MIT

/// The sizes that everything else follows from.
///
/// Constants are computed properties so that every use is folded, with no global to initialise.
enum Layout {
  // MARK: Chosen

  /// Slabs hold blocks of one class. 64 KiB is small enough for a thread with many classes and large enough to make
  /// slow paths rare.
  @inline(__always) static var slabShift: UInt { 16 }
  /// Superslabs are what the system sees: the size of a huge page.
  @inline(__always) static var superslabShift: UInt { 21 }
  /// The grain in which slabs are carved: the system's page.
  @inline(__always) static var pageByteCount: UInt { 4096 }
  /// Classes of tiny blocks lie this far apart, which is also the least alignment.
  @inline(__always) static var grainShift: UInt { 4 }
  /// The largest tiny block.
  @inline(__always) static var tinyLimit: UInt { 1024 }
  /// Mid blocks are measured in units of this size.
  @inline(__always) static var midUnitShift: UInt { 7 }
  /// The largest mid block: a sixteenth of a superslab, so that one left over does not keep most of it.
  @inline(__always) static var midLimit: UInt { 128 << 10 }
  /// From this size on a large block's pages are moved instead of copied: a call of the system for each, and other processors
  /// interrupted, are dear for a block that fits the cache.
  @inline(__always) static var pageMoveLimit: UInt { 512 << 10 }
  /// Large blocks are measured in units of this size: a page, so that no block has more than a part of one to spare.
  @inline(__always) static var largeUnitShift: UInt { 12 }
  /// The largest large block; beyond, a block has a mapping of its own.
  @inline(__always) static var largeLimit: UInt { 64 << 20 }
  /// Where the span is put if it can be: 32 TiB, far below where the system places programs, libraries and mappings by
  /// itself, and above programs linked to a fixed address and AddressSanitizer's shadow. A constant place makes the hot
  /// free's test of an address one comparison.
  @inline(__always) static var spanStart: UInt { 1 << 45 }
  /// The span's usual size: its first quarter is for tiny blocks.
  @inline(__always) static var spanShift: UInt { 38 }
  /// No object may be larger (C11 7.22.3, POSIX): pointer differences would overflow.
  @inline(__always) static var blockLimit: UInt { UInt(Int.max) }

  // MARK: Derived

  /// An address is that of a tiny block in its usual place if and only if its upper bits are `tinyPlace`.
  @inline(__always) static var tinyShift: UInt { spanShift - 2 }
  @inline(__always) static var tinyPlace: UInt { spanStart >> tinyShift }
  @inline(__always) static var slabByteCount: UInt { 1 << slabShift }
  @inline(__always) static var superslabByteCount: UInt { 1 << superslabShift }
  @inline(__always) static var slabsPerSuperslab: UInt { superslabByteCount >> slabShift }
  @inline(__always) static var grainByteCount: UInt { 1 << grainShift }
  /// Classes are numbered 1…classCount; 0 stands for a request of no bytes, which the slow path rounds up.
  @inline(__always) static var classCount: Int { Int((tinyLimit + blockPrefixByteCount) >> grainShift) }

  /// Bytes before the program's block that belong to ACE: none, except where each block has a header.
  @inline(__always) static var blockPrefixByteCount: UInt {
    #if ACE_HEADER
      16
    #else
      0
    #endif
  }

  /// `value` rounded up to a multiple of a power of two.
  @inline(__always) static func roundUp(_ value: UInt, to powerOfTwo: UInt) -> UInt {
    (value &+ (powerOfTwo &- 1)) & ~(powerOfTwo &- 1)
  }
}
