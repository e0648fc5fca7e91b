// SPDX-License-Identifier: MIT

import CRecorder
import Synchronization

/// Fills the header of the trace file: what is known of the program and of the clock.
enum TraceHeader {
  /// Writes everything that is known when recording begins.
  static func begin(_ settings: Settings, parentProcess: Int32, parentStamp: UInt64) {
    guard let header = TraceFile.header else { return }
    store(RawLayout.version, at: RawLayout.versionOffset)
    store(RawLayout.rawForm, at: RawLayout.formOffset)
    store(UInt32(RawLayout.headerByteCount), at: RawLayout.headerByteCountOffset)
    store(UInt32(RawLayout.chunkByteCount), at: RawLayout.chunkByteCountOffset)
    store(UInt32(getpid()), at: RawLayout.processOffset)
    store(UInt32(parentProcess), at: RawLayout.parentProcessOffset)
    store(parentStamp, at: RawLayout.parentStampOffset)
    store(UInt32(getpagesize()), at: RawLayout.pageByteCountOffset)
    store(settings.isCoarse ? RawLayout.coarseOrder : RawLayout.fineOrder, at: RawLayout.orderOffset)
    let countsCycles = recorder_control.counts_cycles != 0
    store(countsCycles ? RawLayout.timeStampCounterClock : RawLayout.monotonicClock, at: RawLayout.clockOffset)
    store(settings.isPartial ? RawLayout.partialFlag : 0, at: RawLayout.flagsOffset)
    store(settings.sampleByteCount, at: RawLayout.sampleByteCountOffset)
    store(UInt64(RawLayout.headerByteCount), at: RawLayout.committedByteCountOffset)
    readClocks(at: RawLayout.startClocksOffset)
    readClocks(at: RawLayout.endClocksOffset)
    readText(.commandLine, from: "/proc/self/cmdline")
    readText(.startMemoryMap, from: "/proc/self/maps")
    // Last: a file without it is no trace.
    header.storeBytes(of: RawLayout.magic, toByteOffset: RawLayout.magicOffset, as: UInt64.self)
  }

  /// Notes what the clocks say now.
  static func update() { readClocks(at: RawLayout.endClocksOffset) }

  /// Writes what is known when the program ends.
  static func finish() {
    guard let header = TraceFile.header else { return }
    readClocks(at: RawLayout.endClocksOffset)
    readText(.endMemoryMap, from: "/proc/self/maps")
    let flags = header.load(fromByteOffset: RawLayout.flagsOffset, as: UInt32.self)
    store(flags | RawLayout.finishedFlag, at: RawLayout.flagsOffset)
  }

  /// Appends a text, with its zero byte, as far as there is room.
  static func append(_ text: UnsafePointer<CChar>, byteCount: Int, to place: RawText) {
    guard let header = TraceFile.header else { return }
    let used = Int(header.load(fromByteOffset: place.byteCountOffset, as: UInt32.self))
    guard used + byteCount + 1 <= place.capacity else { return }
    (header + place.offset + used).copyMemory(from: text, byteCount: byteCount)
    store(UInt32(used + byteCount + 1), at: place.byteCountOffset)
  }

  // MARK: Stacks

  /// Notes that allocations have stacks, which makes the trace one of another version.
  static func beginStacks(kind: UInt32, depth: UInt32, intervalByteCount: UInt64) {
    store(RawLayout.versionWithStacks, at: RawLayout.versionOffset)
    store(kind, at: RawLayout.stackKindOffset)
    store(depth, at: RawLayout.stackDepthOffset)
    store(intervalByteCount, at: RawLayout.stackIntervalOffset)
    storeStackMethod(RawLayout.framePointerMethod)
  }

  static func storeStackMethod(_ method: UInt32) { store(method, at: RawLayout.stackMethodOffset) }

  /// Notes why stacks are taken in another way than was asked for.
  static func addStackFlag(_ flag: UInt32) {
    guard let header = TraceFile.header else { return }
    store(
      header.load(fromByteOffset: RawLayout.stackFlagsOffset, as: UInt32.self) | flag, at: RawLayout.stackFlagsOffset)
  }

  /// Counts unwinds that were timed; any thread may do so at any time.
  static func addUnwinds(count: UInt64, ticks: UInt64) {
    guard let header = TraceFile.header else { return }
    func number(at offset: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
      (header + offset).assumingMemoryBound(to: Atomic<UInt64>.self)
    }
    number(at: RawLayout.unwoundCountOffset).pointee.wrappingAdd(count, ordering: .relaxed)
    number(at: RawLayout.unwoundTicksOffset).pointee.wrappingAdd(ticks, ordering: .relaxed)
  }

  private static func readText(_ place: RawText, from path: StaticString) {
    guard let header = TraceFile.header else { return }
    var count = 0
    let file = recorder_open(path.cString, O_RDONLY | O_CLOEXEC, 0)
    guard file >= 0 else { return }
    while count < place.capacity {
      let received = read(file, header + place.offset + count, place.capacity - count)
      if received <= 0 { break }
      count += received
    }
    close(file)
    store(UInt32(count), at: place.byteCountOffset)
  }

  private static func readClocks(at offset: Int) {
    store(recorder_stamp(), at: offset)
    store(recorder_clock_nanoseconds(CLOCK_MONOTONIC), at: offset + 8)
    store(recorder_clock_nanoseconds(CLOCK_REALTIME), at: offset + 16)
  }

  private static func store<Number: BitwiseCopyable>(_ number: Number, at offset: Int) {
    TraceFile.header?.storeBytes(of: number, toByteOffset: offset, as: Number.self)
  }
}
