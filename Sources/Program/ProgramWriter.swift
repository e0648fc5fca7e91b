// SPDX-License-Identifier: MIT

import Events
import Glibc

/// Compiles placed events to a replay program file, in memory that grows with the threads and not with the events.
///
/// The file is complete once `finish` has returned; until then its header is invalid.
public final class ProgramWriter: PlacedEventSink {
  /// Words of all threads that make a window: 4 MiB. Large enough that the pause between windows, which no figure
  /// contains, is rare; small enough that whoever holds one window stays small.
  public static let defaultWindowWordCapacity = 1 << 20

  private let file: ProgramOutput
  private let windowWordCapacity: Int
  private var encoder: ProgramEncoder
  private var header = ProgramHeader()

  /// Events encoded before the size of the window is looked at.
  private static let windowCheckInterval = 4096

  /// Creates or replaces the file at `path`.
  public convenience init(path: String, originalSpeed: Bool = false) throws(ProgramError) {
    try self.init(path: path, originalSpeed: originalSpeed, windowWordCapacity: Self.defaultWindowWordCapacity)
  }

  /// Makes windows of so many words and a little more.
  init(path: String, originalSpeed: Bool, windowWordCapacity: Int) throws(ProgramError) {
    file = try ProgramOutput(path: path)
    self.windowWordCapacity = windowWordCapacity
    encoder = ProgramEncoder(pausesAtOriginalSpeed: originalSpeed)
    var invalid = ProgramHeader()
    invalid.magic = 0
    try file.append(invalid)
  }

  public func receive(_ events: [PlacedEvent]) throws {
    let interval = min(Self.windowCheckInterval, windowWordCapacity)
    for begin in stride(from: 0, to: events.count, by: interval) {
      encoder.encode(events[begin..<min(begin + interval, events.count)])
      if encoder.wordCount >= windowWordCapacity { try closeWindow() }
    }
  }

  /// Writes the last window and the header.
  public func finish(_ summary: EventSummary) throws(ProgramError) -> ProgramHeader {
    try closeWindow()
    header.threadCount = UInt64(max(encoder.threadCount, 1))
    header.slotCount = UInt64(summary.slotCount)
    header.operationCount = summary.operationCount
    header.requestedByteCount = summary.requestedByteCount
    header.livePeakByteCount = summary.livePeakByteCount
    header.livePeakOperation = summary.livePeakOperation
    header.largestRequestByteCount = summary.largestRequestByteCount
    header.hasPauses = encoder.pausesAtOriginalSpeed ? 1 : 0
    try file.finish(header)
    return header
  }

  private func closeWindow() throws(ProgramError) {
    let (segments, words) = encoder.takeWindow()
    guard !segments.isEmpty else { return }
    let wordCount = words.reduce(0) { $0 + $1.count }
    try file.append(WindowHeader(segmentCount: UInt64(segments.count), wordCount: UInt64(wordCount)))
    for segment in segments { try file.append(segment) }
    for stream in words { try file.append(stream) }
    header.windowCount += 1
    header.wordCount += UInt64(wordCount)
    header.largestWindowWordCount = max(header.largestWindowWordCount, UInt64(wordCount))
    header.largestWindowSegmentCount = max(header.largestWindowSegmentCount, UInt64(segments.count))
  }
}
