// SPDX-License-Identifier: MIT

import Events
import TestSupport

/// Makes event sequences that a program could have made, with everything the raw form knows of.
struct RawRandomProgram {
  private var random: SeededRandom
  private var live: [UInt64] = []
  private var freed: [UInt64] = []
  private let threadCount: UInt32

  init(seed: UInt64, threadCount: UInt32) {
    random = SeededRandom(seed: seed)
    self.threadCount = threadCount
  }

  /// The next so many events, without starts of threads.
  mutating func events(_ count: Int) -> [Event] { (0..<count).map { _ in event() } }

  private mutating func event() -> Event {
    let thread = UInt32.random(in: 0..<threadCount, using: &random)
    let size = UInt64.random(in: 0...(1 << UInt64.random(in: 0...47, using: &random)), using: &random)
    switch UInt8.random(in: 0..<10, using: &random) {
    case 0...2: return Event(.malloc, thread: thread, block: take(), size: size)
    case 3: return Event(.calloc, thread: thread, block: take(), size: size)
    case 4:
      let shift = UInt8.random(in: 0...30, using: &random)
      return Event(.aligned, thread: thread, block: take(), size: size, alignmentShift: shift)
    case 5...6:
      guard let former = give() else { return event() }
      let staysInPlace = Bool.random(using: &random)
      let block = staysInPlace ? former : take()
      if staysInPlace { live.append(freed.removeLast()) }
      return Event(.realloc, thread: thread, block: block, formerBlock: former, size: size)
    default:
      guard let block = give() else { return event() }
      return Event(.free, thread: thread, block: block)
    }
  }

  /// An address that is not live: often one that was, as allocators do.
  private mutating func take() -> UInt64 {
    var address = freed.popLast() ?? 0
    while address == 0 || live.contains(address) {
      let alignment: UInt64 = Int.random(in: 0..<8, using: &random) == 0 ? 8 : 16
      address = UInt64.random(in: 1..<(1 << 43), using: &random) * alignment
    }
    live.append(address)
    return address
  }

  private mutating func give() -> UInt64? {
    guard let index = live.indices.randomElement(using: &random) else { return nil }
    let address = live.remove(at: index)
    freed.append(address)
    return address
  }
}
