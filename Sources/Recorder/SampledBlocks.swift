// SPDX-License-Identifier: MIT

import CRecorder
import Synchronization

/// The live blocks of a sample, so that the frees of all others need not be recorded.
///
/// A table of buckets of eight addresses, one cache line each, that are taken and left with a single exchange. A block
/// whose bucket is full is left out of the sample and counted as lost. A block is put in after it was handed out and
/// taken out before it is freed, so no two threads ever work on the same address.
enum SampledBlocks {
  // Chosen: a million live blocks in the sample, 8 MiB of address space that is touched as far as it is used.
  private static let bucketCountShift: UInt64 = 17
  private static let bucketCapacity = 8
  private static let byteCount = 8 * bucketCapacity << bucketCountShift

  private nonisolated(unsafe) static var addresses: UnsafeMutablePointer<Atomic<UInt>>?

  /// Makes the table; false when there is no memory for it.
  static func prepare() -> Bool {
    guard addresses == nil else { return true }
    let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard recorder_map_failed(memory) == 0 else { return false }
    addresses = memory?.assumingMemoryBound(to: Atomic<UInt>.self)
    return true
  }

  /// Adds a block; false when there is no place for it.
  @discardableResult
  static func insert(_ block: UnsafeMutableRawPointer) -> Bool {
    guard let bucket = bucket(of: block) else { return false }
    for index in 0..<bucketCapacity {
      let outcome = bucket[index].compareExchange(
        expected: 0, desired: UInt(bitPattern: block), ordering: .relaxed)
      if outcome.exchanged { return true }
    }
    TraceFile.countLostEvent()
    return false
  }

  /// Takes a block out; false when it is not of the sample.
  static func remove(_ block: UnsafeMutableRawPointer) -> Bool {
    guard let bucket = bucket(of: block) else { return false }
    for index in 0..<bucketCapacity where bucket[index].load(ordering: .relaxed) == UInt(bitPattern: block) {
      bucket[index].store(0, ordering: .relaxed)
      return true
    }
    return false
  }

  private static func bucket(of block: UnsafeMutableRawPointer) -> UnsafeMutablePointer<Atomic<UInt>>? {
    // 2^64 divided by the golden ratio.
    let hash = (UInt64(UInt(bitPattern: block)) &>> 3) &* 0x9e37_79b9_7f4a_7c15
    return addresses.map { $0 + Int(truncatingIfNeeded: hash &>> (64 &- bucketCountShift)) &* bucketCapacity }
  }
}
