// SPDX-License-Identifier: MIT

import Events

/// The header of a raw trace, checked against the size of its file.
struct RawHeader {
  /// What three clocks said at the same moment.
  struct Clocks {
    var stamp: UInt64
    var monotonicNanoseconds: UInt64
    var realNanoseconds: UInt64
  }

  let chunkByteCount: Int
  /// The first byte after the last chunk.
  let end: Int
  /// The program came to its end.
  let isFinished: Bool
  /// Calls are missing by intent.
  let isPartial: Bool
  /// Blocks may be freed that were never seen to be allocated, through no fault in the order of events.
  let lacksEarlierBlocks: Bool
  let start: Clocks
  let latest: Clocks
  var metadata = TraceMetadata()

  /// The header at the beginning of a file.
  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(TraceError) {
    func number32(_ offset: Int) -> UInt32 {
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    func number64(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    func malformed(_ offset: Int, _ what: String) -> TraceError {
      .malformed(path: path, byteOffset: UInt64(offset), what: what)
    }
    func clocks(_ offset: Int) -> Clocks {
      Clocks(
        stamp: number64(offset), monotonicNanoseconds: number64(offset + 8), realNanoseconds: number64(offset + 16))
    }
    guard bytes.count >= RawLayout.formOffset + 4, number64(RawLayout.magicOffset) == RawLayout.magic,
      number32(RawLayout.formOffset) == RawLayout.rawForm
    else { throw .unknownFormat(path: path) }
    let version = number32(RawLayout.versionOffset)
    guard (RawLayout.version...RawLayout.versionWithStacks).contains(version) else {
      throw .unsupportedVersion(path: path, found: version, supported: RawLayout.version...RawLayout.versionWithStacks)
    }
    guard bytes.count >= RawLayout.headerByteCount else {
      throw malformed(bytes.count, "the file ends within its header")
    }
    guard number32(RawLayout.headerByteCountOffset) == RawLayout.headerByteCount else {
      throw malformed(RawLayout.headerByteCountOffset, "an unknown size of header")
    }
    let chunk = Int(number32(RawLayout.chunkByteCountOffset))
    guard chunk >= 4096, chunk <= 1 << 30, chunk & (chunk - 1) == 0 else {
      throw malformed(RawLayout.chunkByteCountOffset, "an impossible size of chunk")
    }
    let committed = number64(RawLayout.committedByteCountOffset)
    guard committed >= UInt64(RawLayout.headerByteCount),
      (committed - UInt64(RawLayout.headerByteCount)) % UInt64(chunk) == 0
    else { throw malformed(RawLayout.committedByteCountOffset, "an impossible number of chunks") }
    guard committed <= UInt64(bytes.count) else {
      throw malformed(bytes.count, "the file ends before its last chunk")
    }
    let order = number32(RawLayout.orderOffset)
    guard order == RawLayout.fineOrder || order == RawLayout.coarseOrder else {
      throw malformed(RawLayout.orderOffset, "an unknown order")
    }
    chunkByteCount = chunk
    end = Int(committed)
    start = clocks(RawLayout.startClocksOffset)
    latest = clocks(RawLayout.endClocksOffset)
    let flags = number32(RawLayout.flagsOffset)
    isFinished = flags & RawLayout.finishedFlag != 0
    isPartial = flags & RawLayout.partialFlag != 0
    metadata.order = order == RawLayout.fineOrder ? .fine : .coarse
    metadata.processIdentifier = number32(RawLayout.processOffset)
    metadata.parentProcessIdentifier = number32(RawLayout.parentProcessOffset)
    metadata.pageByteCount = number32(RawLayout.pageByteCountOffset)
    metadata.startUnixNanoseconds = start.realNanoseconds
    metadata.lostEventCount = number64(RawLayout.lostEventCountOffset)
    metadata.origin = "recorded"
    lacksEarlierBlocks = isPartial || metadata.parentProcessIdentifier != 0 || metadata.lostEventCount != 0
    try readTexts(bytes, path: path)
    remark(sampleByteCount: number64(RawLayout.sampleByteCountOffset))
    if version == RawLayout.versionWithStacks { try readStacks(bytes, path: path) }
  }

  private mutating func readTexts(_ bytes: UnsafeRawBufferPointer, path: String) throws(TraceError) {
    func text(_ place: RawText) throws(TraceError) -> UnsafeRawBufferPointer {
      let raw = bytes.loadUnaligned(fromByteOffset: place.byteCountOffset, as: UInt32.self)
      let count = Int(UInt32(littleEndian: raw))
      guard count <= place.capacity else {
        throw .malformed(path: path, byteOffset: UInt64(place.byteCountOffset), what: "a text longer than its place")
      }
      return UnsafeRawBufferPointer(rebasing: bytes[place.offset..<place.offset + count])
    }
    func list(_ place: RawText) throws(TraceError) -> [String] {
      var parts = try text(place).split(separator: 0, omittingEmptySubsequences: false)
      if parts.last?.isEmpty == true { parts.removeLast() }
      return parts.map { String(decoding: $0, as: UTF8.self) }
    }
    metadata.commandLine = try list(.commandLine)
    metadata.environment = try list(.environment)
    let last = try text(.endMemoryMap)
    metadata.memoryMap = String(decoding: last.isEmpty ? try text(.startMemoryMap) : last, as: UTF8.self)
  }

  private mutating func readStacks(_ bytes: UnsafeRawBufferPointer, path: String) throws(TraceError) {
    func number32(_ offset: Int) -> UInt32 {
      UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }
    func number64(_ offset: Int) -> UInt64 {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    guard
      let kind = StackRecording.Kind(rawValue: UInt8(truncatingIfNeeded: number32(RawLayout.stackKindOffset))),
      let method = StackRecording.Method(rawValue: UInt8(truncatingIfNeeded: number32(RawLayout.stackMethodOffset)))
    else {
      throw .malformed(path: path, byteOffset: UInt64(RawLayout.stackKindOffset), what: "an unknown kind of stacks")
    }
    var stacks = StackRecording(
      kind: kind, method: method, depth: number32(RawLayout.stackDepthOffset),
      intervalByteCount: number64(RawLayout.stackIntervalOffset))
    stacks.unwoundCount = number64(RawLayout.unwoundCountOffset)
    stacks.unwoundNanoseconds = RawClock(from: start, to: latest).duration(of: number64(RawLayout.unwoundTicksOffset))
    let flags = number32(RawLayout.stackFlagsOffset)
    if flags & RawLayout.withoutUnwinderFlag != 0 {
      stacks.remarks.append("libunwind could not be opened: stacks were taken by frame pointers")
    }
    if flags & RawLayout.unloadedLibraryFlag != 0 {
      stacks.remarks.append(
        "a library was unloaded: stacks after that were taken by frame pointers, since libunwind does not forget it")
    }
    if flags & RawLayout.forkedAmongThreadsFlag != 0 {
      stacks.remarks.append(
        "forked from a process with several threads: stacks were taken by frame pointers, since libunwind may have been in use"
      )
    }
    metadata.stackRecording = stacks
  }

  private mutating func remark(sampleByteCount: UInt64) {
    if !isFinished {
      metadata.remarks.append("the program did not come to its end: it was killed, or started another in its place")
    }
    if sampleByteCount != 0 {
      metadata.remarks.append("blocks are a sample: one chosen in \(sampleByteCount) bytes on average")
    } else if isPartial {
      metadata.remarks.append("recording was limited in time or switched on and off")
    }
  }
}
