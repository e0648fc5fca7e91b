// SPDX-License-Identifier: MIT

import Events

/// Sequences of events that a program could have made, from a seed.
public struct RandomEvents {
  /// How many threads take part, the first included.
  public var threadCount: UInt32 = 1
  public var eventCount = 1000
  /// Live blocks are kept near this number.
  public var liveTarget = 200
  /// Whether sizes reach 2 to the 47, and pauses years.
  public var hasExtremes = false
  /// Whether a call in twenty breaks the rules: a free of no live block, or an allocation at a live name.
  public var hasMistakes = false

  public init() {}

  /// The sequence of a seed.
  public func make(seed: UInt64) -> [Event] {
    var random = SeededRandom(seed: seed)
    var events: [Event] = []
    var live: [UInt64] = []
    var time: UInt64 = 0
    var startedCount: UInt32 = 1
    var ended: Set<UInt32> = []
    var names: UInt64 = 0
    while events.count < eventCount {
      time += hasExtremes && random.next() % 100 == 0 ? random.next() >> 12 : random.next() % 3000 * 16
      time = min(time, 1 << 60) & ~15
      var thread = UInt32(random.next() % UInt64(startedCount))
      if startedCount < threadCount, random.next() % 8 == 0 {
        thread = startedCount
        startedCount += 1
        if random.next() % 2 == 0 { events.append(Event(.threadStart, thread: thread, nanoseconds: time)) }
      }
      if thread != 0, random.next() % 300 == 0, !ended.contains(thread) {
        events.append(Event(.threadEnd, thread: thread, nanoseconds: time))
        ended.insert(thread)
        continue
      }
      let grows = random.next() % UInt64(liveTarget * 2) > UInt64(live.count)
      if !live.isEmpty, random.next() % 10 == 0 {
        let index = pick(from: live.count, &random)
        names += 1
        let name = random.next() % 2 == 0 ? live[index] : names
        events.append(
          Event(
            .realloc, thread: thread, block: name, formerBlock: live[index], size: size(&random), nanoseconds: time))
        live[index] = name
      } else if grows || live.isEmpty {
        names += 1
        live.append(names)
        events.append(allocation(names, thread, time, &random))
      } else {
        let index = pick(from: live.count, &random)
        events.append(Event(.free, thread: thread, block: live.remove(at: index), nanoseconds: time))
      }
      if hasMistakes, random.next() % 20 == 0 { makeMistake(&events, live, thread, time, &random) }
    }
    return events
  }

  private func allocation(_ name: UInt64, _ thread: UInt32, _ time: UInt64, _ random: inout SeededRandom) -> Event {
    switch random.next() % 8 {
    case 0: return Event(.calloc, thread: thread, block: name, size: size(&random), nanoseconds: time)
    case 1:
      return Event(
        .aligned, thread: thread, block: name, size: size(&random), alignmentShift: UInt8(random.next() % 13),
        nanoseconds: time)
    default: return Event(.malloc, thread: thread, block: name, size: size(&random), nanoseconds: time)
    }
  }

  private func makeMistake(
    _ events: inout [Event], _ live: [UInt64], _ thread: UInt32, _ time: UInt64, _ random: inout SeededRandom
  ) {
    switch random.next() % 3 {
    case 0: events.append(Event(.free, thread: thread, block: 1 << 40 | random.next() % 99 + 1, nanoseconds: time))
    case 1:
      guard let name = live.randomElement(using: &random) else { return }
      events.append(Event(.malloc, thread: thread, block: name, size: 24, nanoseconds: time))
    default:
      guard let name = live.randomElement(using: &random) else { return }
      events.append(
        Event(.realloc, thread: thread, block: name, formerBlock: 1 << 41, size: 48, nanoseconds: time))
    }
  }

  private func size(_ random: inout SeededRandom) -> UInt64 {
    if hasExtremes, random.next() % 10 == 0 { return random.next() >> (17 + random.next() % 47) }
    return random.next() % 4 == 0 ? random.next() % 5000 : random.next() % 12 * 16
  }

  /// Often the newest, so that every form of reference to a block is met.
  private func pick(from count: Int, _ random: inout SeededRandom) -> Int {
    switch random.next() % 3 {
    case 0: return count - 1
    case 1: return max(0, count - 1 - Int(random.next() % 20))
    default: return Int(random.next() % UInt64(count))
    }
  }
}
