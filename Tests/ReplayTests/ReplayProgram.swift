// SPDX-License-Identifier: MIT

import Events
import Program
import TestSupport

/// A program in a file, for a worker.
struct ReplayProgram {
  let header: ProgramHeader
  let summary: EventSummary
  private let folder = TemporaryFolder()

  var path: String { folder.file("program") }

  init(_ events: [Event], originalSpeed: Bool = false) throws {
    let writer = try ProgramWriter(path: folder.file("program"), originalSpeed: originalSpeed)
    let placement = Placement(into: writer)
    for begin in stride(from: 0, to: events.count, by: 4096) {
      try placement.receive(Array(events[begin..<min(begin + 4096, events.count)]))
    }
    summary = placement.finish()
    header = try writer.finish(summary)
  }

  /// Random calls of a seed by some threads, which free one another's blocks.
  static func random(seed: UInt64, threadCount: UInt32 = 1, eventCount: Int = 4000) throws -> ReplayProgram {
    var source = RandomEvents()
    source.threadCount = threadCount
    source.eventCount = eventCount
    return try ReplayProgram(source.make(seed: seed))
  }

  /// Blocks of one size, allocated and then freed, so often; nothing is left.
  static func batches(_ count: Int, of blockCount: UInt64 = 100, byteCount: UInt64 = 64) throws -> ReplayProgram {
    var events: [Event] = []
    for _ in 0..<count {
      for block in 1...blockCount { events.append(Event(.malloc, thread: 0, block: block, size: byteCount)) }
      for block in 1...blockCount { events.append(Event(.free, thread: 0, block: block)) }
    }
    return try ReplayProgram(events)
  }
}
