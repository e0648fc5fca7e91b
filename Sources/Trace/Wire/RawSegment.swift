// SPDX-License-Identifier: MIT

import Synchronization

/// The header of a segment: a run of events of one thread within a chunk.
struct RawSegment {
  static let magic: UInt32 = 0x6765_7361
  static let headerByteCount = 32
  /// Segments begin at multiples of this.
  static let alignment = 32

  static let magicOffset = 0
  static let threadOffset = 4
  static let sequenceOffset = 8
  static let byteCountOffset = 12
  static let baseStampOffset = 16

  /// The thread, by a number that no other thread of the process has.
  var thread: UInt32
  /// How many segments the thread had before.
  var sequence: UInt32
  /// Bytes of events; 0 while they are being written.
  var byteCount: UInt32
  /// From which the first stamp counts.
  var baseStamp: UInt64

  /// Opens a segment in zeroed memory; its magic is stored last.
  static func open(at start: UnsafeMutableRawPointer, thread: UInt32, sequence: UInt32, baseStamp: UInt64) {
    start.storeBytes(of: thread, toByteOffset: threadOffset, as: UInt32.self)
    start.storeBytes(of: sequence, toByteOffset: sequenceOffset, as: UInt32.self)
    start.storeBytes(of: baseStamp, toByteOffset: baseStampOffset, as: UInt64.self)
    (start + magicOffset).assumingMemoryBound(to: Atomic<UInt32>.self).pointee.store(magic, ordering: .releasing)
  }

  /// States how long a segment has become.
  static func close(at start: UnsafeMutableRawPointer, byteCount: UInt32) {
    (start + byteCountOffset).assumingMemoryBound(to: Atomic<UInt32>.self).pointee.store(
      byteCount, ordering: .releasing)
  }

  /// Takes back a segment that has no event: closed, it would count as open and hide what follows it in its chunk.
  static func withdraw(at start: UnsafeMutableRawPointer) {
    (start + magicOffset).assumingMemoryBound(to: Atomic<UInt32>.self).pointee.store(0, ordering: .releasing)
  }

  /// Where the next segment begins, counted from the start of this one.
  static func stride(byteCount: Int) -> Int {
    (headerByteCount + byteCount + alignment - 1) & ~(alignment - 1)
  }

  /// The header in 32 bytes of a file; nil where no segment begins.
  init?(at start: UnsafeRawPointer) {
    guard start.loadUnaligned(fromByteOffset: Self.magicOffset, as: UInt32.self) == Self.magic else { return nil }
    thread = start.loadUnaligned(fromByteOffset: Self.threadOffset, as: UInt32.self)
    sequence = start.loadUnaligned(fromByteOffset: Self.sequenceOffset, as: UInt32.self)
    byteCount = start.loadUnaligned(fromByteOffset: Self.byteCountOffset, as: UInt32.self)
    baseStamp = start.loadUnaligned(fromByteOffset: Self.baseStampOffset, as: UInt64.self)
  }
}
