// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// A replay program in memory: all of it when it fits, else as many whole windows at a time as do.
///
/// The memory is mapped and touched when the image is made, and never grows.
public struct ProgramImage: ~Copyable {
  public let header: ProgramHeader
  /// The words of the windows in memory.
  public let words: UnsafeMutablePointer<UInt32>
  /// For each thread, where its stream begins in the windows in memory: word offset + 1, or 0 when it has none.
  public let entries: UnsafeMutablePointer<UInt64>

  private let path: String
  private let descriptor: Int32
  private let wordCapacity: Int
  private let segments: UnsafeMutablePointer<Segment>
  /// Where the latest `leave` of each thread lies: word offset + 1, or 0.
  private let exits: UnsafeMutablePointer<UInt64>
  private var nextWindow: UInt64 = 0
  private var filePosition = MemoryLayout<ProgramHeader>.size

  /// Opens a program and maps memory for as much of it as `memoryByteCount` allows, but at least one window.
  public init(path: String, memoryByteCount: Int) throws(ProgramError) {
    let (descriptor, header) = try Self.open(path)
    let affordable = max(memoryByteCount / MemoryLayout<UInt32>.size, Int(header.largestWindowWordCount))
    let wordCapacity = max(min(affordable, Int(header.wordCount)), 1)
    let words = try Self.map(UInt32.self, wordCapacity, path)
    let entries = try Self.map(UInt64.self, Int(header.threadCount), path)
    let exits = try Self.map(UInt64.self, Int(header.threadCount), path)
    let segments = try Self.map(Segment.self, max(Int(header.largestWindowSegmentCount), 1), path)
    self.path = path
    self.descriptor = descriptor
    self.header = header
    self.wordCapacity = wordCapacity
    self.words = words
    self.entries = entries
    self.exits = exits
    self.segments = segments
  }

  deinit { close(descriptor) }

  /// Whether one loading is the whole program.
  public var isWholeInMemory: Bool { wordCapacity >= Int(header.wordCount) }

  /// Goes back to the first window.
  public mutating func rewind() {
    nextWindow = 0
    filePosition = MemoryLayout<ProgramHeader>.size
  }

  /// Reads the next windows; false when there is none left.
  public mutating func loadNextWindows() throws(ProgramError) -> Bool {
    let threadCount = Int(header.threadCount)
    entries.update(repeating: 0, count: threadCount)
    exits.update(repeating: 0, count: threadCount)
    var loadedCount = 0
    let first = nextWindow
    while nextWindow < header.windowCount {
      var window = WindowHeader(segmentCount: 0, wordCount: 0)
      try withUnsafeMutableBytes(of: &window) { bytes throws(ProgramError) in try read(into: bytes, at: filePosition) }
      guard window.wordCount <= header.largestWindowWordCount else { throw .notAProgram(path: path) }
      guard loadedCount + Int(window.wordCount) <= wordCapacity else { break }
      try load(window, at: loadedCount)
      loadedCount += Int(window.wordCount)
      nextWindow += 1
    }
    return nextWindow > first
  }

  /// Reads a window behind the words in memory, and links each thread's stream to it.
  private mutating func load(_ window: WindowHeader, at wordOffset: Int) throws(ProgramError) {
    guard window.segmentCount <= header.largestWindowSegmentCount else { throw .notAProgram(path: path) }
    let segmentBytes = UnsafeMutableRawBufferPointer(
      start: segments, count: Int(window.segmentCount) * MemoryLayout<Segment>.stride)
    var position = filePosition + MemoryLayout<WindowHeader>.size
    try read(into: segmentBytes, at: position)
    position += segmentBytes.count
    let wordBytes = UnsafeMutableRawBufferPointer(
      start: words + wordOffset, count: Int(window.wordCount) * MemoryLayout<UInt32>.size)
    try read(into: wordBytes, at: position)
    filePosition = position + wordBytes.count
    for index in 0..<Int(window.segmentCount) {
      guard segments[index].lies(in: window), segments[index].thread < header.threadCount else {
        throw .notAProgram(path: path)
      }
      link(segments[index], windowOffset: wordOffset)
    }
  }

  private func link(_ segment: Segment, windowOffset: Int) {
    let thread = Int(segment.thread)
    let begin = UInt64(windowOffset) + segment.wordOffset
    let leave = begin + UInt64(segment.wordCount) - UInt64(Instruction.leaveWordCount)
    if exits[thread] == 0 {
      entries[thread] = begin + 1
    } else {
      let operand = words + Int(exits[thread])
      operand[0] = UInt32(truncatingIfNeeded: begin + 1)
      operand[1] = UInt32(truncatingIfNeeded: (begin + 1) >> 32)
    }
    exits[thread] = leave + 1
  }

  private static func open(_ path: String) throws(ProgramError) -> (descriptor: Int32, header: ProgramHeader) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    var header = ProgramHeader()
    let count = withUnsafeMutableBytes(of: &header) { pread(descriptor, $0.baseAddress, $0.count, 0) }
    let fileByteCount = lseek(descriptor, 0, SEEK_END)
    guard count == MemoryLayout<ProgramHeader>.size, header.magic == ProgramHeader.currentMagic,
      header.isPlausible(fileByteCount: UInt64(max(fileByteCount, 0)))
    else {
      close(descriptor)
      throw .notAProgram(path: path)
    }
    return (descriptor, header)
  }

  private func read(into bytes: UnsafeMutableRawBufferPointer, at position: Int) throws(ProgramError) {
    var done = 0
    while done < bytes.count {
      let count = pread(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, position + done)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .system(call: "pread", path: path, errno: errno) }
      guard count > 0 else { throw .notAProgram(path: path) }
      done += count
    }
  }

  private static func map<Element>(
    _ type: Element.Type, _ count: Int, _ path: String
  ) throws(ProgramError) -> UnsafeMutablePointer<Element> {
    guard let memory = linux_map_anonymous(count * MemoryLayout<Element>.stride, Int32(MAP_POPULATE)) else {
      throw .system(call: "mmap", path: path, errno: errno)
    }
    return memory.bindMemory(to: Element.self, capacity: count)
  }
}
