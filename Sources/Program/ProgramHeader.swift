// SPDX-License-Identifier: MIT

/// The first bytes of a replay program: what the worker must set up before it runs one.
///
/// A program is made and run on one machine by one build of acebench; it is no exchange format.
///
///     header | window … window
///     window: WindowHeader, Segment[segmentCount], UInt32[wordCount]
public struct ProgramHeader: BitwiseCopyable, Sendable {
  /// "ACEPROG" and a version, so that a worker of another build refuses.
  public static let currentMagic: UInt64 = 0x4143_4550_524f_4702

  public var magic = currentMagic
  public var threadCount: UInt64 = 0
  public var slotCount: UInt64 = 0
  public var windowCount: UInt64 = 0
  /// Words of the largest window, leave instructions included.
  public var largestWindowWordCount: UInt64 = 0
  /// Segments of the window that has most.
  public var largestWindowSegmentCount: UInt64 = 0
  /// Words of all windows.
  public var wordCount: UInt64 = 0
  /// Calls of the allocator in one run of the program, repetitions counted.
  public var operationCount: UInt64 = 0
  /// Bytes ever asked for in one run.
  public var requestedByteCount: UInt64 = 0
  public var livePeakByteCount: UInt64 = 0
  /// Operations performed when the requested bytes live are first at their highest.
  public var livePeakOperation: UInt64 = 0
  public var largestRequestByteCount: UInt64 = 0
  /// 1 when the program pauses as its original did.
  public var hasPauses: UInt64 = 0

  public init() {}

  /// Whether a file of so many bytes can hold what the header promises: every thread, slot and window takes words.
  func isPlausible(fileByteCount: UInt64) -> Bool {
    let wordLimit = fileByteCount / UInt64(MemoryLayout<UInt32>.size)
    return wordCount <= wordLimit && largestWindowWordCount <= wordCount && slotCount <= wordCount
      && windowCount <= wordCount && 1...max(wordCount, 1) ~= threadCount
      && largestWindowSegmentCount <= min(threadCount, wordCount)
  }
}

/// The head of a window, a part of every thread's stream that is held in memory at once.
public struct WindowHeader: BitwiseCopyable, Sendable {
  public var segmentCount: UInt64
  public var wordCount: UInt64
}

/// Where a thread's stream of a window lies.
public struct Segment: BitwiseCopyable, Sendable {
  public var thread: UInt32
  public var wordCount: UInt32
  /// From the first word of the window.
  public var wordOffset: UInt64

  public init(thread: UInt32, wordCount: UInt32, wordOffset: UInt64) {
    self.thread = thread
    self.wordCount = wordCount
    self.wordOffset = wordOffset
  }
  /// Whether it ends inside its window, with room for the `leave` at its end.
  func lies(in window: WindowHeader) -> Bool {
    wordOffset <= window.wordCount && UInt64(wordCount) <= window.wordCount - wordOffset
      && Int(wordCount) >= Instruction.leaveWordCount
  }
}
