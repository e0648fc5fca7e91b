// SPDX-License-Identifier: MIT

import Events
import Glibc

@testable import Trace

/// Writes raw traces with the recorder's own encoder, for tests.
final class RawTraceWriter {
  private final class Thread {
    var encoder: RawEncoder
    var chunk: Int
    var segmentStart: UnsafeMutableRawPointer
    var segmentCount: UInt32 = 1
    var untilStamp = 0

    init(encoder: RawEncoder, chunk: Int, segmentStart: UnsafeMutableRawPointer) {
      self.encoder = encoder
      self.chunk = chunk
      self.segmentStart = segmentStart
    }
  }

  let chunkByteCount: Int
  private let stampInterval: Int
  private var header = [UInt8](repeating: 0, count: RawLayout.headerByteCount)
  private var chunks: [UnsafeMutableRawBufferPointer] = []
  private var threads: [UInt32: Thread] = [:]
  private var nodeChunks: [UnsafeMutableRawBufferPointer] = []
  private var nextNode = 0
  /// The stamp of the next event.
  var stamp: UInt64 = 1000

  /// - Parameter stampInterval: one event in so many has a stamp; 1 for fine order.
  init(chunkByteCount: Int = 4096, stampInterval: Int = 1) {
    self.chunkByteCount = chunkByteCount
    self.stampInterval = stampInterval
    set(RawLayout.magic, at: RawLayout.magicOffset)
    set(RawLayout.version, at: RawLayout.versionOffset)
    set(RawLayout.rawForm, at: RawLayout.formOffset)
    set(UInt32(RawLayout.headerByteCount), at: RawLayout.headerByteCountOffset)
    set(UInt32(chunkByteCount), at: RawLayout.chunkByteCountOffset)
    set(UInt32(4242), at: RawLayout.processOffset)
    set(stampInterval == 1 ? RawLayout.fineOrder : RawLayout.coarseOrder, at: RawLayout.orderOffset)
    set(RawLayout.finishedFlag, at: RawLayout.flagsOffset)
    set(UInt64(1000), at: RawLayout.startClocksOffset)
    set(UInt64(1000), at: RawLayout.startClocksOffset + 8)
    set(UInt64(2000), at: RawLayout.endClocksOffset)
    set(UInt64(2000), at: RawLayout.endClocksOffset + 8)
  }

  deinit { for chunk in chunks { chunk.deallocate() } }

  func set<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
    withUnsafeBytes(of: number.littleEndian) { bytes in
      for (index, byte) in bytes.enumerated() { header[offset + index] = byte }
    }
  }

  func set(_ text: String, as place: RawText) {
    for (index, byte) in text.utf8.enumerated() { header[place.offset + index] = byte }
    set(UInt32(text.utf8.count), at: place.byteCountOffset)
  }

  /// Writes an event as the recorder does: a realloc is two.
  func write(_ event: Event) {
    let thread = thread(event.thread)
    switch event.kind {
    case .threadStart: break
    case .threadEnd: thread.encoder.append(.threadEnd, stamp: stamp)
    case .malloc:
      thread.encoder.append(
        .malloc, address: event.block, size: event.size, stack: event.stack, stamp: nextStamp(thread))
    case .calloc:
      thread.encoder.append(
        .calloc, address: event.block, size: event.size, stack: event.stack, stamp: nextStamp(thread))
    case .free: thread.encoder.append(.free, address: event.block, stamp: nextStamp(thread))
    case .aligned:
      thread.encoder.append(
        .aligned, address: event.block, size: event.size, alignmentShift: event.alignmentShift,
        stack: event.stack, stamp: nextStamp(thread))
    case .realloc:
      writeFirstHalf(of: event.formerBlock, thread: event.thread)
      writeSecondHalf(to: event.block, size: event.size, thread: event.thread, stack: event.stack)
    }
  }

  func writeFirstHalf(of block: UInt64, thread number: UInt32) {
    let thread = thread(number)
    thread.encoder.append(.reallocOut, address: block, stamp: nextStamp(thread))
  }

  func writeSecondHalf(to block: UInt64, size: UInt64, thread number: UInt32, stack: UInt32 = 0) {
    let thread = thread(number)
    thread.encoder.append(.reallocIn, address: block, size: size, stack: stack, stamp: nextStamp(thread))
  }

  /// Begins a realloc that fails.
  func writeFailedRealloc(of block: UInt64, thread number: UInt32) {
    thread(number).encoder.append(.reallocOut, address: block, stamp: stamp)
    thread(number).encoder.append(.reallocFailed, stamp: stamp)
  }

  /// Ends the segment of a thread; its next event begins another.
  func closeSegment(of number: UInt32) {
    guard let thread = threads[number] else { return }
    let byteCount = thread.encoder.cursor - thread.segmentStart - RawSegment.headerByteCount
    RawSegment.close(at: thread.segmentStart, byteCount: UInt32(byteCount))
    let chunk = chunks[thread.chunk]
    guard let base = chunk.baseAddress else { return }
    let next = thread.segmentStart + RawSegment.stride(byteCount: byteCount)
    if base + chunk.count - next > 1024 {
      open(number, in: thread.chunk, at: next)
    } else {
      openChunk(number)
    }
  }

  /// The whole file.
  func bytes() -> [UInt8] {
    set(
      UInt64(RawLayout.headerByteCount + chunks.count * chunkByteCount), at: RawLayout.committedByteCountOffset)
    return chunks.reduce(header) { $0 + $1 }
  }

  private func nextStamp(_ thread: Thread) -> UInt64? {
    guard thread.untilStamp == 0 else {
      thread.untilStamp -= 1
      return nil
    }
    thread.untilStamp = stampInterval - 1
    return stamp
  }

  private func thread(_ number: UInt32) -> Thread {
    if threads[number] == nil { openChunk(number) }
    if threads[number]?.encoder.hasRoom == false { closeSegment(of: number) }
    guard let thread = threads[number] else { preconditionFailure("a thread has just been opened") }
    return thread
  }

  private func openChunk(_ number: UInt32) {
    let chunk = newChunk()
    if let base = chunk.baseAddress { open(number, in: chunks.count - 1, at: base) }
  }

  private func newChunk() -> UnsafeMutableRawBufferPointer {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkByteCount, alignment: 64)
    chunk.initializeMemory(as: UInt8.self, repeating: 0)
    chunks.append(chunk)
    return chunk
  }

  // MARK: Stacks

  /// Makes the trace one with stacks.
  func makeStacks(kind: UInt32, method: UInt32, depth: UInt32) {
    set(RawLayout.versionWithStacks, at: RawLayout.versionOffset)
    set(kind, at: RawLayout.stackKindOffset)
    set(method, at: RawLayout.stackMethodOffset)
    set(depth, at: RawLayout.stackDepthOffset)
  }

  /// Adds a node and returns its number.
  func addStack(address: UInt64, parent: UInt32) -> UInt32 {
    let nodesPerChunk = chunkByteCount / RawStackLayout.nodeByteCount
    if nextNode % nodesPerChunk == 0 {
      let chunk = newChunk()
      chunk.storeBytes(of: RawStackLayout.nodeMagic.littleEndian, as: UInt32.self)
      chunk.storeBytes(of: UInt32(nodeChunks.count), toByteOffset: RawStackLayout.sequenceOffset, as: UInt32.self)
      nodeChunks.append(chunk)
      nextNode += RawStackLayout.headerNodeCount
    }
    let offset = nextNode % nodesPerChunk * RawStackLayout.nodeByteCount
    let chunk = nodeChunks[nodeChunks.count - 1]
    chunk.storeBytes(of: address, toByteOffset: offset + RawStackLayout.nodeAddressOffset, as: UInt64.self)
    chunk.storeBytes(of: parent, toByteOffset: offset + RawStackLayout.nodeParentOffset, as: UInt32.self)
    nextNode += 1
    return UInt32(nextNode - 1)
  }

  /// Adds a chunk with one module; `byteCount` is what its record says of its own length, unless that is right.
  func addModule(
    _ addresses: Range<UInt64>, fileOffset: UInt64, path: String, firstNode: UInt32, byteCount: UInt32? = nil
  ) {
    let chunk = newChunk()
    chunk.storeBytes(of: RawStackLayout.moduleMagic.littleEndian, as: UInt32.self)
    func store<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
      chunk.storeBytes(of: number, toByteOffset: RawStackLayout.headerByteCount + offset, as: Number.self)
    }
    let length = (RawStackLayout.modulePathOffset + path.utf8.count + 7) & ~7
    store(byteCount ?? UInt32(length), at: RawStackLayout.moduleByteCountOffset)
    store(firstNode, at: RawStackLayout.moduleFirstNodeOffset)
    store(addresses.lowerBound, at: RawStackLayout.moduleStartOffset)
    store(addresses.upperBound, at: RawStackLayout.moduleEndOffset)
    store(fileOffset, at: RawStackLayout.moduleFileOffsetOffset)
    store(UInt32(path.utf8.count), at: RawStackLayout.modulePathByteCountOffset)
    for (index, byte) in path.utf8.enumerated() { store(byte, at: RawStackLayout.modulePathOffset + index) }
  }

  private func open(_ number: UInt32, in chunk: Int, at start: UnsafeMutableRawPointer) {
    let former = threads[number]
    guard let base = chunks[chunk].baseAddress else { return }
    let encoder = RawEncoder(
      start: start + RawSegment.headerByteCount, end: base + chunkByteCount, baseStamp: stamp)
    let thread = Thread(encoder: encoder, chunk: chunk, segmentStart: start)
    if let former { thread.segmentCount = former.segmentCount + 1 }
    RawSegment.open(at: start, thread: number, sequence: thread.segmentCount - 1, baseStamp: stamp)
    threads[number] = thread
  }
}
