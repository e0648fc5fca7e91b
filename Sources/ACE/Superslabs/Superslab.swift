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
  var tier = Tier.free
  /// Where `SuperslabTiers` has it.
  var place: UInt8 = SuperslabTiers.nowhere
  /// When it came to its tier, in the policies' milliseconds.
  var since: UInt64 = 0

  /// Which superslabs slabs are taken from.
  enum Tier: UInt8 {
    /// First, and of these the fullest.
    case hot
    /// Last: most of it is free, and all of it will be if it is left alone.
    case draining
    /// Only where no other has room: no slab is in use.
    case free
  }

  @inline(__always) var isWhollyFree: Bool { free == .max }
  @inline(__always) var usedCount: UInt32 { 32 - UInt32(free.nonzeroBitCount) }
}
