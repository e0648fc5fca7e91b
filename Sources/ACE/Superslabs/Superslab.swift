// SPDX-License-Identifier: MIT

/// The record of a superslab of tiny blocks: 32 slabs of any classes and any heaps. All fields are read and written under
/// the superslabs' lock.
///
/// Conservation: a slab is in use, or its bit is in `free`; of the free ones, those that were in use since the last purge
/// have their bit in `dirty`.
struct Superslab {
  /// A bit for each slab that nobody uses.
  var free: UInt32 = .max
  /// A bit for each free slab that may be resident.
  var dirty: UInt32 = 0
  /// When it became wholly free, in coarse milliseconds.
  var freeSince: UInt64 = 0

  @inline(__always) var isWhollyFree: Bool { free == .max }
}
