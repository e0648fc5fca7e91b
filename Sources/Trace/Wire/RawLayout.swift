// SPDX-License-Identifier: MIT

/// Where everything is in a raw trace; docs/trace-format-raw.md says what it means.
///
/// This folder is compiled twice: into the recorder, which writes from inside a stranger's process and must not
/// allocate, and into the reader.
enum RawLayout {
  /// The first eight bytes of every trace, read as a little-endian number: `acetrace`.
  static let magic: UInt64 = 0x6563_6172_7465_6361
  /// Of a trace without stacks.
  static let version: UInt32 = 1
  /// Of a trace whose allocations can have stacks.
  static let versionWithStacks: UInt32 = 2
  /// The form of a trace that is written while the program runs.
  static let rawForm: UInt32 = 1

  // Chosen: room for the memory map of a large program, and small beside any trace worth keeping.
  static let headerByteCount = 1 << 16
  // Chosen: 50,000 events or more between two system calls, and little enough that a hundred threads cost 25 MiB.
  static let chunkByteCount = 1 << 18

  // Offsets of the header's numbers.
  static let magicOffset = 0
  static let versionOffset = 8
  static let formOffset = 12
  static let headerByteCountOffset = 16
  static let chunkByteCountOffset = 20
  static let processOffset = 24
  static let parentProcessOffset = 28
  static let parentStampOffset = 32
  static let pageByteCountOffset = 40
  static let orderOffset = 44
  static let clockOffset = 48
  static let flagsOffset = 52
  static let sampleByteCountOffset = 56
  /// Three numbers: stamp, CLOCK_MONOTONIC and CLOCK_REALTIME at the start; three more for the latest moment known.
  static let startClocksOffset = 64
  static let endClocksOffset = 88
  static let lostEventCountOffset = 112
  static let committedByteCountOffset = 120
  /// For each text its length in bytes, 32 bits, in the order of `RawText`.
  static let textByteCountsOffset = 128
  // What follows is there in version 2.
  static let stackKindOffset = 144
  static let stackMethodOffset = 148
  static let stackDepthOffset = 152
  static let stackFlagsOffset = 156
  static let stackIntervalOffset = 160
  /// How many unwinds were timed, and what they took in units of the clock.
  static let unwoundCountOffset = 168
  static let unwoundTicksOffset = 176

  static let fineOrder: UInt32 = 1
  static let coarseOrder: UInt32 = 2
  static let timeStampCounterClock: UInt32 = 1
  static let monotonicClock: UInt32 = 2

  /// The program came to its end and the end values are final.
  static let finishedFlag: UInt32 = 1
  /// Calls were made that are not in the trace: recording was switched off at times, or blocks were sampled.
  static let partialFlag: UInt32 = 2

  /// Which allocations have stacks.
  static let sampledStacks: UInt32 = 1
  static let allStacks: UInt32 = 2
  /// How stacks were taken.
  static let framePointerMethod: UInt32 = 1
  static let unwindMethod: UInt32 = 2
  /// libunwind was asked for and is not there: frame pointers were used.
  static let withoutUnwinderFlag: UInt32 = 1
  /// A library was unloaded, after which frame pointers were used: libunwind does not forget what it knew of one.
  static let unloadedLibraryFlag: UInt32 = 2
  /// The process was forked from one with several threads: frame pointers were used, another may have been in libunwind.
  static let forkedAmongThreadsFlag: UInt32 = 4

  /// Stamps are written as differences without their lowest bits: 8 cycles are 2 to 4 ns.
  static let stampShift: UInt64 = 3
  /// In coarse order, one event in so many has a stamp.
  static let coarseInterval: UInt32 = 16
  /// In fine order, one in so many while the program has made events in a single thread, whose order is its own.
  static let soleThreadInterval: UInt32 = 4
  /// No address space that a trace could come from is larger.
  static let largestSize: UInt64 = 1 << 47
}

/// A text kept in the header of a raw trace, in a place of its own; cut at its end when it is too long.
enum RawText: Int {
  /// The arguments, each ended by a zero byte.
  case commandLine
  /// `NAME=value`, each ended by a zero byte, of variables that change what an allocator does.
  case environment
  /// `/proc/self/maps` when recording began.
  case startMemoryMap
  /// `/proc/self/maps` when the program ended.
  case endMemoryMap

  var offset: Int {
    switch self {
    case .commandLine: 1 << 10
    case .environment: 8 << 10
    case .startMemoryMap: 12 << 10
    case .endMemoryMap: 28 << 10
    }
  }

  /// The room for it.
  var capacity: Int {
    switch self {
    case .commandLine: 7 << 10
    case .environment: 4 << 10
    case .startMemoryMap: 16 << 10
    case .endMemoryMap: 36 << 10
    }
  }

  var byteCountOffset: Int { RawLayout.textByteCountsOffset + 4 * rawValue }
}
