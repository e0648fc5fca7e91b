// SPDX-License-Identifier: MIT

import CLinux

/// A record of the kernel's, as `PerfAttributes` asks for it.
///
/// Source of the layouts: `linux/perf_event.h`, `enum perf_event_type`.
enum PerfRecord: Equatable {
  struct Sample: Equatable {
    var process: Int32
    var thread: Int32
    var period: UInt64
    /// Innermost first; numbers from `contexts` on tell whose the addresses are that follow.
    var addresses: ArraySlice<UInt64>
  }

  struct Mapping: Equatable {
    var process: Int32
    var start: UInt64
    var byteCount: UInt64
    var fileOffset: UInt64
    var path: String
  }

  case sample(Sample)
  case mapping(Mapping)
  /// A process runs another program from now on: its mappings are gone.
  case exec(process: Int32)
  /// A process has a child with the same mappings. Threads are not told of.
  case fork(process: Int32, parent: Int32)
  /// So many records were not written, because the ring was full.
  case lost(count: UInt64)
  case other

  /// The lowest of the numbers that are no addresses: `PERF_CONTEXT_MAX`.
  static let contexts = UInt64(bitPattern: -4095)
  static let kernelContext = UInt64(bitPattern: -128)
  static let userContext = UInt64(bitPattern: -512)

  /// Reads the record at an offset, and the time at which it was written; nil when the bytes are none.
  ///
  /// - Parameter byteCount: Becomes the record's length.
  static func read(
    _ bytes: UnsafeRawBufferPointer, at offset: Int, byteCount: inout Int
  ) -> (record: PerfRecord, nanoseconds: UInt64)? {
    guard offset >= 0, offset <= bytes.count - 8 else { return nil }
    let type = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    let flags = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt16.self)
    byteCount = Int(bytes.loadUnaligned(fromByteOffset: offset + 6, as: UInt16.self))
    guard byteCount >= 8, byteCount <= bytes.count - offset else { return nil }
    var fields = PerfFields(UnsafeRawBufferPointer(rebasing: bytes[(offset + 8)..<(offset + byteCount)]))
    if type == PERF_RECORD_SAMPLE.rawValue { return sample(&fields, flags) }
    // Records of other kinds end with the process and thread, and the time.
    guard let nanoseconds = fields.removeLast(UInt64.self), fields.removeLast(UInt64.self) != nil else { return nil }
    return record(type, flags, &fields).map { ($0, nanoseconds) }
  }

  private static func record(_ type: UInt32, _ flags: UInt16, _ fields: inout PerfFields) -> PerfRecord? {
    switch type {
    case PERF_RECORD_MMAP2.rawValue, PERF_RECORD_MMAP.rawValue:
      guard let process = fields.removeFirst(Int32.self), fields.removeFirst(Int32.self) != nil,
        let start = fields.removeFirst(UInt64.self), let byteCount = fields.removeFirst(UInt64.self),
        let fileOffset = fields.removeFirst(UInt64.self)
      else { return nil }
      // The file's numbers or build id, its protection and flags.
      if type == PERF_RECORD_MMAP2.rawValue {
        for _ in 0..<4 { guard fields.removeFirst(UInt64.self) != nil else { return nil } }
      }
      return .mapping(
        Mapping(process: process, start: start, byteCount: byteCount, fileOffset: fileOffset, path: fields.text))
    case PERF_RECORD_COMM.rawValue:
      guard let process = fields.removeFirst(Int32.self) else { return nil }
      return flags & UInt16(PERF_RECORD_MISC_COMM_EXEC) != 0 ? .exec(process: process) : .other
    case PERF_RECORD_FORK.rawValue:
      guard let process = fields.removeFirst(Int32.self), let parent = fields.removeFirst(Int32.self) else {
        return nil
      }
      return process == parent ? .other : .fork(process: process, parent: parent)
    case PERF_RECORD_LOST.rawValue:
      guard fields.removeFirst(UInt64.self) != nil, let count = fields.removeFirst(UInt64.self) else { return nil }
      return .lost(count: count)
    case PERF_RECORD_LOST_SAMPLES.rawValue:
      guard let count = fields.removeFirst(UInt64.self) else { return nil }
      return .lost(count: count)
    default: return .other
    }
  }

  private static func sample(_ fields: inout PerfFields, _ flags: UInt16) -> (PerfRecord, UInt64)? {
    guard let address = fields.removeFirst(UInt64.self), let process = fields.removeFirst(Int32.self),
      let thread = fields.removeFirst(Int32.self), let nanoseconds = fields.removeFirst(UInt64.self),
      let period = fields.removeFirst(UInt64.self), let count = fields.removeFirst(UInt64.self),
      count <= UInt64(fields.count / 8)
    else { return nil }
    var addresses: [UInt64] = []
    for _ in 0..<count { if let next = fields.removeFirst(UInt64.self) { addresses.append(next) } }
    if addresses.allSatisfy({ $0 >= contexts }) {
      // No stack, but at least a place.
      let isKernel = flags & UInt16(PERF_RECORD_MISC_CPUMODE_MASK) == UInt16(PERF_RECORD_MISC_KERNEL)
      addresses = [isKernel ? kernelContext : userContext, address]
    }
    let sample = Sample(process: process, thread: thread, period: period, addresses: addresses[...])
    return (.sample(sample), nanoseconds)
  }
}
