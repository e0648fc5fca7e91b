// SPDX-License-Identifier: MIT

import Events
import Glibc

/// Compiles placed events to a replay program file, in memory that grows with the threads and not with the events.
///
/// The file is complete once `finish` has returned; until then its header is invalid.
public final class ProgramWriter: PlacedEventSink {
  /// Words of all threads that make a window: 16 MiB. Large enough that the pause between windows, which no figure
  /// contains, is rare; small enough that a worker holding one window stays small.
  public static let windowWordCapacity = 4 << 20

  private let file: ProgramOutput
  private let pausesAtOriginalSpeed: Bool
  private var streams: [ThreadStream] = []
  private var lastNanoseconds: [UInt64] = []
  private var header = ProgramHeader()
  private var pendingEventCount = 0

  /// Events at most encoded before the size of the window is looked at: each takes at most five words.
  private static let windowCheckInterval = 4096
  /// Gaps below this are not worth a pause: a sleep cannot be that short.
  private static let shortestPauseNanoseconds: UInt64 = 20_000

  /// Creates or replaces the file at `path`.
  public init(path: String, originalSpeed: Bool = false) throws(ProgramError) {
    file = try ProgramOutput(path: path)
    pausesAtOriginalSpeed = originalSpeed
    var invalid = ProgramHeader()
    invalid.magic = 0
    try file.append(invalid)
  }

  public func receive(_ events: [PlacedEvent]) throws {
    for event in events {
      encode(event)
      pendingEventCount += 1
      if pendingEventCount >= Self.windowCheckInterval {
        pendingEventCount = 0
        if streams.reduce(0, { $0 + $1.words.count }) >= Self.windowWordCapacity { try closeWindow() }
      }
    }
  }

  /// Writes the last window and the header.
  public func finish(_ summary: EventSummary) throws(ProgramError) -> ProgramHeader {
    try closeWindow()
    header.threadCount = UInt64(max(streams.count, 1))
    header.slotCount = UInt64(summary.slotCount)
    header.operationCount = summary.operationCount
    header.requestedByteCount = summary.requestedByteCount
    header.livePeakByteCount = summary.livePeakByteCount
    header.livePeakOperation = summary.livePeakOperation
    header.largestRequestByteCount = summary.largestRequestByteCount
    header.hasPauses = pausesAtOriginalSpeed ? 1 : 0
    try file.finish(header)
    return header
  }

  private func encode(_ event: PlacedEvent) {
    let thread = Int(event.thread)
    prepare(event.thread)
    if event.kind == .threadStart {
      prepare(event.awaitedThread)
      streams[Int(event.awaitedThread)].start(event.thread)
      lastNanoseconds[thread] = event.nanoseconds
      return
    }
    pauseIfNeeded(before: event)
    if event.awaitsAnotherThread {
      streams[thread].append(Instruction.await, event.awaitedThread, event.awaitedCount)
    }
    switch event.kind {
    case .malloc: streams[thread].malloc(slot: event.slot, byteCount: event.size)
    case .free: streams[thread].free(slot: event.slot)
    case .calloc: streams[thread].append(Instruction.calloc, event.slot, event.size)
    case .realloc: streams[thread].append(Instruction.realloc, event.slot, event.size)
    case .aligned:
      streams[thread].append(Instruction.aligned | UInt32(event.alignmentShift) << 8, event.slot, event.size)
    case .threadEnd: streams[thread].end()
    case .threadStart: break
    }
  }

  private func pauseIfNeeded(before event: PlacedEvent) {
    guard pausesAtOriginalSpeed else { return }
    let thread = Int(event.thread)
    if event.nanoseconds >= lastNanoseconds[thread] + Self.shortestPauseNanoseconds {
      streams[thread].pause(untilNanoseconds: event.nanoseconds)
    }
    lastNanoseconds[thread] = event.nanoseconds
  }

  private func prepare(_ thread: UInt32) {
    while streams.count <= Int(thread) {
      streams.append(ThreadStream())
      lastNanoseconds.append(0)
    }
  }

  private func closeWindow() throws(ProgramError) {
    var segments: [Segment] = []
    var wordCount = 0
    for thread in streams.indices {
      streams[thread].flush()
      guard !streams[thread].words.isEmpty else { continue }
      streams[thread].leave()
      let count = streams[thread].words.count
      segments.append(Segment(thread: UInt32(thread), wordCount: UInt32(count), wordOffset: UInt64(wordCount)))
      wordCount += count
    }
    guard !segments.isEmpty else { return }
    try file.append(WindowHeader(segmentCount: UInt64(segments.count), wordCount: UInt64(wordCount)))
    for segment in segments { try file.append(segment) }
    for segment in segments {
      try file.append(streams[Int(segment.thread)].words)
      streams[Int(segment.thread)].removeAll()
    }
    header.windowCount += 1
    header.wordCount += UInt64(wordCount)
    header.largestWindowWordCount = max(header.largestWindowWordCount, UInt64(wordCount))
    header.largestWindowSegmentCount = max(header.largestWindowSegmentCount, UInt64(segments.count))
  }
}
