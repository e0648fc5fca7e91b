// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

/// No check here is of time, but without bounds on the search among threads these would not come to an end.
@Suite("Hostile raw traces", .timeLimit(.minutes(2)))
struct HostileRawTraceTests {
  private func read(_ threads: [HostileRawTrace.Thread]) throws -> (events: [Event], metadata: TraceMetadata) {
    let reader = try RawTraceReader(TraceBytes(HostileRawTrace(threads).bytes, path: "hostile"))
    let collected = CollectedEvents()
    try reader.send(to: collected)
    return (collected.events, reader.metadata)
  }

  /// A thread that acts every so many ticks.
  private func thread(_ baseStamp: UInt64, ticks: UInt64, _ events: [Event]) -> HostileRawTrace.Thread {
    HostileRawTrace.Thread(baseStamp: baseStamp, steps: events.map { ($0, ticks) })
  }

  private static let many = 10_000

  @Test("Threads that each free a block never allocated are conflicts, one each")
  func lonelyFrees() throws {
    let threads = (1...Self.many).map { thread(5000, ticks: 1, [Event(.free, thread: 0, block: UInt64($0) * 16)]) }
    let (events, metadata) = try read(threads)
    #expect(events.count { $0.kind == .free } == Self.many)
    #expect(metadata.conflictCount == UInt64(Self.many))
    #expect(metadata.unendedThreadCount == UInt64(Self.many) - 1)
  }

  @Test("Threads that all wait for the same block are let through")
  func oneBlock() throws {
    let threads = (1...Self.many).map { number in
      thread(
        UInt64(number), ticks: 4,
        [Event(.malloc, thread: 0, block: 0x40, size: 1), Event(.malloc, thread: 0, block: 0x40, size: 2)])
    }
    let (events, metadata) = try read(threads)
    #expect(events.count(where: \.kind.isOperation) == 2 * Self.many)
    #expect(metadata.conflictCount == UInt64(2 * Self.many - 1))
  }

  @Test("One thread in conflict all the time does not search a great many others each time")
  func manyOthers() throws {
    var threads = (1...Self.many).map { number in
      thread(
        0, ticks: UInt64(number),
        [
          Event(.malloc, thread: 0, block: UInt64(number) * 16, size: 1),
          Event(.free, thread: 0, block: UInt64(number) * 16),
        ])
    }
    let lonely = (1...Self.many).map { Event(.free, thread: 0, block: 1 << 40 | UInt64($0) * 16) }
    threads.append(thread(UInt64(Self.many) * 8, ticks: 0, lonely))
    let (events, metadata) = try read(threads)
    #expect(events.count(where: \.kind.isOperation) == 3 * Self.many)
    #expect(metadata.conflictCount == UInt64(Self.many))
  }

  @Test("Any stamps and any events leave each thread its own order", arguments: 1...30 as ClosedRange<UInt64>)
  func extremes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let stamps: [UInt64] = [0, 1, 1000, 1 << 62, 1 << 63 - 1, 1 << 63, .max - 7, .max]
    let ticks: [UInt64] = [0, 1, 100, 1 << 40, (1 << 56) - 1]
    let threads = (0..<UInt64.random(in: 2...60, using: &random)).map { _ in
      HostileRawTrace.Thread(
        baseStamp: stamps.randomElement(using: &random) ?? 0,
        steps: (0..<UInt64.random(in: 1...40, using: &random)).map { _ in
          let block = UInt64.random(in: 1...30, using: &random) * 24
          let size = UInt64.random(in: 0...RawLayout.largestSize, using: &random)
          let event =
            Bool.random(using: &random)
            ? Event(.free, thread: 0, block: block)
            : Event(.malloc, thread: 0, block: block, size: size)
          return (event, ticks.randomElement(using: &random) ?? 0)
        })
    }
    let (events, _) = try read(threads)
    let sequences = Dictionary(grouping: events.filter(\.kind.isOperation), by: \.thread).values.map { thread in
      thread.map { "\($0.kind) \($0.block) \($0.size)" }
    }
    let expected = threads.map { thread in
      thread.steps.map { "\($0.event.kind) \($0.event.block) \($0.event.size)" }
    }
    #expect(sequences.map { "\($0)" }.sorted() == expected.map { "\($0)" }.sorted(), "seed \(seed)")
    #expect(events.map(\.nanoseconds) == events.map(\.nanoseconds).sorted(), "seed \(seed)")
    let rules = PlacedEventRules()
    let placement = Placement(into: rules)
    try placement.receive(events)
    #expect(rules.violations.isEmpty, "seed \(seed)")
  }
}
