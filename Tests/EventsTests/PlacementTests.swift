// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@Suite("Placement")
struct PlacementTests {
  private func place(_ events: [Event]) throws -> ([PlacedEvent], EventSummary) {
    let collected = CollectedPlacedEvents()
    let placement = Placement(into: collected)
    var rest = events[...]
    while !rest.isEmpty {
      try placement.receive(Array(rest.prefix(100)))
      rest = rest.dropFirst(100)
    }
    return (collected.events, placement.finish())
  }

  private func random(_ threadCount: UInt32, _ seed: UInt64, count: Int = 3000) -> [Event] {
    var random = RandomEvents()
    random.threadCount = threadCount
    random.eventCount = count
    random.hasMistakes = seed % 2 == 0
    return random.make(seed: seed)
  }

  @Test(
    "Live blocks never share a slot, and every dependence is stated",
    arguments: [1, 2, 5, 20] as [UInt32], 1...6 as ClosedRange<UInt64>)
  func rules(threadCount: UInt32, seed: UInt64) throws {
    let (placed, _) = try place(random(threadCount, seed))
    let rules = PlacedEventRules()
    rules.receive(placed)
    #expect(rules.violations.isEmpty, "seed \(seed)")
  }

  @Test(
    "Threads may run in any order that the awaits allow",
    arguments: [2, 3, 9] as [UInt32], 1...6 as ClosedRange<UInt64>)
  func schedules(threadCount: UInt32, seed: UInt64) throws {
    let (placed, summary) = try place(random(threadCount, seed, count: 6000))
    for schedule in seed * 10..<seed * 10 + 4 {
      let replay = ScheduledReplay(placed, threadCount: summary.threadCount, seed: schedule)
      #expect(replay.failure == nil, "seed \(seed), schedule \(schedule)")
    }
  }

  @Test("Slots handed from one thread to another are waited for")
  func handover() throws {
    var events: [Event] = []
    for block in 1...8000 as ClosedRange<UInt64> {
      events.append(Event(.malloc, thread: 0, block: block, size: 8))
      if block > 20 { events.append(Event(.free, thread: 1, block: block - 20)) }
    }
    let (placed, summary) = try place(events)
    #expect(summary.slotCount < 3000)
    #expect(placed.contains { $0.thread == 0 && $0.awaitsAnotherThread })
    let replay = ScheduledReplay(placed, threadCount: 2, seed: 1)
    #expect(replay.failure == nil)
  }

  @Test(
    "The summary is that of the plainest model",
    arguments: [1, 4] as [UInt32], 1...6 as ClosedRange<UInt64>)
  func summary(threadCount: UInt32, seed: UInt64) throws {
    let events = random(threadCount, seed, count: 1500)
    let (placed, summary) = try place(events)
    var expected = NaiveSummary(events).summary
    expected.slotCount = (placed.filter(\.kind.isOperation).map(\.slot).max() ?? 0) + 1
    #expect(summary == expected, "seed \(seed)")
    #expect(
      placed.map { NaiveSummary.Step(kind: $0.kind, thread: $0.thread, size: $0.size) } == NaiveSummary(events).steps,
      "seed \(seed)")
  }

  @Test("With one thread there are as many slots as blocks live at once, and no waiting")
  func serialSlots() throws {
    let events = random(1, 3)
    let (placed, summary) = try place(events)
    var live = 0
    var peak = 0
    for event in placed {
      if event.kind.isAllocation, event.kind != .realloc { live += 1 }
      if event.kind == .free { live -= 1 }
      peak = max(peak, live)
    }
    #expect(summary.slotCount == UInt32(peak))
    #expect(placed.allSatisfy { !$0.awaitsAnotherThread })
  }

  @Test("A free of a block that is not live is left out and counted")
  func unmatchedFree() throws {
    let (placed, summary) = try place([Event(.free, thread: 0, block: 9)])
    #expect(placed.isEmpty)
    #expect(summary.unmatchedFreeCount == 1)
  }

  @Test("A realloc of a block that is not live becomes an allocation")
  func unmatchedRealloc() throws {
    let (placed, summary) = try place([Event(.realloc, thread: 0, block: 9, formerBlock: 8, size: 5)])
    #expect(placed == [PlacedEvent(.malloc, thread: 0, slot: 0, size: 5)])
    #expect(summary.unmatchedFreeCount == 1)
  }

  @Test("A missed free is put before the allocation at the same name", arguments: [Event.Kind.malloc, .realloc])
  func missedFree(kind: Event.Kind) throws {
    let (placed, summary) = try place([
      Event(.malloc, thread: 0, block: 1, size: 10), Event(.malloc, thread: 0, block: 2, size: 20),
      Event(kind, thread: 0, block: 1, formerBlock: kind == .realloc ? 2 : 0, size: 30),
    ])
    let slot: UInt32 = kind == .realloc ? 1 : 0
    #expect(
      placed.dropFirst(2) == [
        PlacedEvent(.free, thread: 0, slot: 0), PlacedEvent(kind, thread: 0, slot: slot, size: 30),
      ])
    #expect(summary.missedFreeCount == 1)
    #expect(summary.liveEndBlockCount == (kind == .realloc ? 1 : 2))
  }

  @Test("A thread without a start is started by the thread that acted last")
  func impliedStart() throws {
    let (placed, _) = try place([
      Event(.malloc, thread: 0, block: 1, size: 8), Event(.malloc, thread: 1, block: 2, size: 8),
      Event(.threadStart, thread: 2),
    ])
    #expect(
      placed == [
        PlacedEvent(.malloc, thread: 0, slot: 0, size: 8),
        PlacedEvent(.threadStart, thread: 1, awaitedThread: 0, awaitedCount: 1),
        PlacedEvent(.malloc, thread: 1, slot: 1, size: 8),
        PlacedEvent(.threadStart, thread: 2, awaitedThread: 1, awaitedCount: 2),
      ])
  }

  @Test("A thread that acts after its end goes on without a second start")
  func afterEnd() throws {
    let (placed, _) = try place([
      Event(.malloc, thread: 1, block: 1, size: 8), Event(.threadEnd, thread: 1), Event(.free, thread: 1, block: 1),
    ])
    #expect(placed.map(\.kind) == [.threadStart, .malloc, .threadEnd, .free])
  }
}
