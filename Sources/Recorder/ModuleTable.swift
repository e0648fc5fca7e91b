// SPDX-License-Identifier: MIT

import CRecorder
import Synchronization

/// The executable mappings of the process, as far as they are known; each is written into the trace when it is met, so
/// that addresses of libraries opened later can be told as well. Everything here happens under the lock.
enum ModuleTable {
  private struct Range {
    var start: UInt64
    var end: UInt64
    var fileOffset: UInt64
    var device: UInt64
    var inode: UInt64
    /// In which update it was seen last.
    var update: UInt32
  }

  // Chosen: more mappings of code than any program but one that compiles while it runs; those beyond are not told apart.
  private static let capacity = 4096
  private static let byteCount = capacity * MemoryLayout<Range>.stride
  // Chosen: a map takes 0.1 ms to read; addresses that are no code shall not cost more than a hundredth of the time.
  private static let shortestPauseNanoseconds: UInt64 = 10_000_000

  private nonisolated(unsafe) static var ranges: UnsafeMutablePointer<Range>?
  private nonisolated(unsafe) static var count = 0
  private nonisolated(unsafe) static var updateCount: UInt32 = 0
  private nonisolated(unsafe) static var updateNanoseconds: UInt64 = 0
  /// What is left of the chunk that records go to.
  private nonisolated(unsafe) static var space: RecordingSpace?
  private nonisolated(unsafe) static var chunkCount: UInt32 = 0

  /// Makes an empty table; false when there is no memory for it.
  static func prepare() -> Bool {
    count = 0
    if ranges != nil { return true }
    let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    guard recorder_map_failed(memory) == 0 else { return false }
    ranges = memory?.assumingMemoryBound(to: Range.self)
    return true
  }

  /// Leaves, in a forked child, the parent's records.
  static func abandon() {
    if let space { munmap(space.chunk, RawLayout.chunkByteCount) }
    space = nil
    chunkCount = 0
    count = 0
    updateNanoseconds = 0
  }

  /// Whether an address is in code; what was mapped since the last look is looked for.
  static func containsCode(_ address: UInt64) -> Bool {
    if address <= RawStackLayout.failedAddress || isKnown(address) { return address > 4095 }
    guard address > 4095 else { return false }
    let now = recorder_clock_nanoseconds(CLOCK_MONOTONIC_COARSE)
    if now &- updateNanoseconds > shortestPauseNanoseconds {
      update()
      if isKnown(address) { return true }
    }
    return count == capacity
  }

  /// Reads the map, and writes down what is new in it.
  static func update() {
    guard let ranges, var map = MemoryMapReader() else { return }
    updateCount &+= 1
    updateNanoseconds = recorder_clock_nanoseconds(CLOCK_MONOTONIC_COARSE)
    while let line = map.next() {
      guard line.isExecutable else { continue }
      let range = Range(
        start: line.start, end: line.end, fileOffset: line.fileOffset, device: line.device, inode: line.inode,
        update: updateCount)
      if let index = index(of: range) {
        ranges[index].update = updateCount
      } else if count < capacity {
        ranges[count] = range
        count += 1
        write(line)
      }
    }
    map.close()
    // What is not mapped any more.
    var index = 0
    while index < count {
      if ranges[index].update == updateCount {
        index += 1
      } else {
        count -= 1
        ranges[index] = ranges[count]
      }
    }
  }

  private static func isKnown(_ address: UInt64) -> Bool {
    guard let ranges else { return false }
    for index in 0..<count where address >= ranges[index].start && address < ranges[index].end { return true }
    return false
  }

  private static func index(of range: Range) -> Int? {
    guard let ranges else { return nil }
    for index in 0..<count
    where ranges[index].start == range.start && ranges[index].end == range.end
      && ranges[index].fileOffset == range.fileOffset && ranges[index].inode == range.inode
      && ranges[index].device == range.device
    {
      return index
    }
    return nil
  }

  /// Appends a module's record; its first number is stored last.
  private static func write(_ line: MemoryMapReader.Line) {
    let pathByteCount = min(line.pathByteCount, RawStackLayout.longestPathByteCount)
    let byteCount = (RawStackLayout.modulePathOffset + pathByteCount + 7) & ~7
    // The number after the last record stays zero.
    if (space?.byteCount ?? 0) < byteCount + 8 {
      if let space { munmap(space.chunk, RawLayout.chunkByteCount) }
      space = TraceFile.claimChunk()
      guard let chunk = space else { return }
      chunk.start.storeBytes(of: chunkCount, toByteOffset: RawStackLayout.sequenceOffset, as: UInt32.self)
      chunk.start.storeBytes(of: RawStackLayout.moduleMagic, toByteOffset: RawStackLayout.magicOffset, as: UInt32.self)
      chunkCount &+= 1
      space?.start += RawStackLayout.headerByteCount
    }
    guard let record = space?.start else { return }
    func store<Number: BitwiseCopyable>(_ number: Number, at offset: Int) {
      record.storeBytes(of: number, toByteOffset: offset, as: Number.self)
    }
    store(StackTrie.upcomingNumber, at: RawStackLayout.moduleFirstNodeOffset)
    store(line.start, at: RawStackLayout.moduleStartOffset)
    store(line.end, at: RawStackLayout.moduleEndOffset)
    store(line.fileOffset, at: RawStackLayout.moduleFileOffsetOffset)
    store(UInt32(pathByteCount), at: RawStackLayout.modulePathByteCountOffset)
    (record + RawStackLayout.modulePathOffset).copyMemory(from: line.path, byteCount: pathByteCount)
    (record + RawStackLayout.moduleByteCountOffset).assumingMemoryBound(to: Atomic<UInt32>.self)
      .pointee.store(UInt32(byteCount), ordering: .releasing)
    space?.start += byteCount
  }
}
