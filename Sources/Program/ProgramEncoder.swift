// SPDX-License-Identifier: MIT

import Events

/// The streams of a program's threads since the last window was taken.
///
/// A struct, so that the compiler and not the running program makes sure that accesses to its fields do not overlap.
struct ProgramEncoder {
  let pausesAtOriginalSpeed: Bool
  private var streams: [ThreadStream] = []
  /// When each thread last did something, since the first event.
  private var lastNanoseconds: [UInt64] = []
  /// When the first event was: long after the start of its program in a trace that was cut.
  private var firstNanoseconds: UInt64?

  /// Gaps below this are not worth a pause: a sleep cannot be that short.
  private static let shortestPauseNanoseconds: UInt64 = 20_000

  init(pausesAtOriginalSpeed: Bool) { self.pausesAtOriginalSpeed = pausesAtOriginalSpeed }

  var threadCount: Int { streams.count }

  /// Words of all streams, to a pattern each.
  var wordCount: Int { streams.reduce(0) { $0 + $1.words.count } }

  mutating func encode(_ events: ArraySlice<PlacedEvent>) {
    if firstNanoseconds == nil { firstNanoseconds = events.first?.nanoseconds }
    for event in events { encode(event) }
  }

  /// Ends the streams at the window's end and takes their words out: a segment and its words for each that has any.
  mutating func takeWindow() -> (segments: [Segment], words: [[UInt32]]) {
    var segments: [Segment] = []
    var words: [[UInt32]] = []
    var wordOffset = 0
    for thread in streams.indices {
      let taken = streams[thread].takeWords()
      guard !taken.isEmpty else { continue }
      segments.append(
        Segment(thread: UInt32(thread), wordCount: UInt32(taken.count), wordOffset: UInt64(wordOffset)))
      words.append(taken)
      wordOffset += taken.count
    }
    return (segments, words)
  }

  private mutating func encode(_ event: PlacedEvent) {
    let thread = Int(event.thread)
    prepare(event.thread)
    if event.kind == .threadStart {
      prepare(event.awaitedThread)
      streams[Int(event.awaitedThread)].start(event.thread)
      lastNanoseconds[thread] = elapsedNanoseconds(at: event)
      return
    }
    if pausesAtOriginalSpeed { pauseIfNeeded(before: event) }
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

  private mutating func pauseIfNeeded(before event: PlacedEvent) {
    let thread = Int(event.thread)
    let nanoseconds = elapsedNanoseconds(at: event)
    if nanoseconds >= lastNanoseconds[thread] + Self.shortestPauseNanoseconds {
      streams[thread].pause(untilNanoseconds: nanoseconds)
    }
    lastNanoseconds[thread] = nanoseconds
  }

  private func elapsedNanoseconds(at event: PlacedEvent) -> UInt64 {
    event.nanoseconds - min(firstNanoseconds ?? 0, event.nanoseconds)
  }

  private mutating func prepare(_ thread: UInt32) {
    while streams.count <= Int(thread) {
      streams.append(ThreadStream())
      lastNanoseconds.append(0)
    }
  }
}
