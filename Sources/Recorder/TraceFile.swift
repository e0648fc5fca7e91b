// SPDX-License-Identifier: MIT

import CRecorder
import Synchronization

/// The file that is being written: its header, mapped for good, and its chunks, each mapped while a thread writes it.
///
/// The file has its blocks before it is mapped: a write through a mapping can then not fail, however full the disk
/// becomes. Everything but `countLostEvent` is called under the lock.
enum TraceFile {
  // Chosen: an eighth of the file at most, and no more than this at a time.
  private static let largestGrowth = 64 << 20

  private nonisolated(unsafe) static var descriptor: Int32 = -1
  private nonisolated(unsafe) static var device: dev_t = 0
  private nonisolated(unsafe) static var inode: ino_t = 0
  private nonisolated(unsafe) static var committedByteCount = 0
  private nonisolated(unsafe) static var allocatedByteCount = 0
  /// The header, or nil when there is no file.
  private(set) nonisolated(unsafe) static var header: UnsafeMutableRawPointer?

  /// Creates a file that is not there yet, with room for its header.
  static func create(at path: UnsafePointer<CChar>) -> Bool {
    let opened = recorder_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard opened >= 0 else { return false }
    descriptor = outOfTheWay(opened)
    committedByteCount = RawLayout.headerByteCount
    allocatedByteCount = 0
    var status = stat()
    guard fstat(descriptor, &status) == 0, grow(to: committedByteCount) else { return fail() }
    device = status.st_dev
    inode = status.st_ino
    let memory = mmap(nil, RawLayout.headerByteCount, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
    guard recorder_map_failed(memory) == 0 else { return fail() }
    header = memory
    return true
  }

  /// A mapped chunk of zeroes, or nil when the disk is full or the program took the file away.
  static func claimChunk() -> RecordingSpace? {
    guard header != nil, isStillOurs || reopen() else { return nil }
    let offset = committedByteCount
    let end = offset + RawLayout.chunkByteCount
    if end > allocatedByteCount {
      let wanted = min(max(offset / 8, RawLayout.chunkByteCount), largestGrowth)
      guard grow(to: offset + wanted / RawLayout.chunkByteCount * RawLayout.chunkByteCount) || grow(to: end) else {
        return nil
      }
    }
    let memory = mmap(
      nil, RawLayout.chunkByteCount, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, descriptor, off_t(offset))
    guard recorder_map_failed(memory) == 0, let memory else { return nil }
    committedByteCount = end
    number(at: RawLayout.committedByteCountOffset)?.pointee.store(UInt64(end), ordering: .releasing)
    return RecordingSpace(start: memory, end: memory + RawLayout.chunkByteCount)
  }

  /// Gives the file the length that it needs.
  static func trim() {
    guard header != nil, isStillOurs || reopen() else { return }
    allocatedByteCount = committedByteCount
    ftruncate(descriptor, off_t(committedByteCount))
  }

  /// Leaves the file to the process that it belongs to.
  static func abandon() {
    if isStillOurs { close(descriptor) }
    if let header { munmap(header, RawLayout.headerByteCount) }
    header = nil
    descriptor = -1
  }

  static func countLostEvent() {
    number(at: RawLayout.lostEventCountOffset)?.pointee.wrappingAdd(1, ordering: .relaxed)
  }

  /// A number of the header that other threads may be writing as well.
  private static func number(at offset: Int) -> UnsafeMutablePointer<Atomic<UInt64>>? {
    header.map { ($0 + offset).assumingMemoryBound(to: Atomic<UInt64>.self) }
  }

  /// Programs that close what they do not know may have closed the file and opened another under its number.
  private static var isStillOurs: Bool {
    var status = stat()
    return descriptor >= 0 && fstat(descriptor, &status) == 0 && status.st_dev == device && status.st_ino == inode
  }

  /// Opens the file again under its path, if it is still there.
  private static func reopen() -> Bool {
    let opened = recorder_open(recorder_output_path_start(), O_RDWR | O_CLOEXEC, 0)
    guard opened >= 0 else { return false }
    descriptor = outOfTheWay(opened)
    if isStillOurs { return true }
    return fail()
  }

  /// Moves a descriptor away from the lowest numbers, which programs count on, or close.
  private static func outOfTheWay(_ opened: Int32) -> Int32 {
    let moved = recorder_duplicate(opened, 900)
    guard moved >= 0 else { return opened }
    close(opened)
    return moved
  }

  private static func grow(to byteCount: Int) -> Bool {
    // Beyond this limit the call would not only fail, but send a signal.
    guard recorder_file_size_limit() >= UInt64(byteCount) else { return false }
    let length = off_t(byteCount - allocatedByteCount)
    guard recorder_fallocate(descriptor, off_t(allocatedByteCount), length) == 0 else { return false }
    allocatedByteCount = byteCount
    return true
  }

  private static func fail() -> Bool {
    close(descriptor)
    descriptor = -1
    return false
  }
}
