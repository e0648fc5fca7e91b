// SPDX-License-Identifier: MIT

/// Holes of one size that must serve blocks of another.
enum Fragment {
  static let heap = WorkloadParameter(
    "heap", default: 32 << 20, in: (1 << 16)...(16 << 30), unit: .bytes, "live bytes of a full heap, over all threads")
  static let freed = WorkloadParameter(
    fraction: "freed", default: 0.9, in: 0...1, "share of blocks freed in each round")
  static let rounds = WorkloadParameter("rounds", default: 6, in: 1...10000, "times the heap is filled")

  static let workload = Workload(
    name: "fragment",
    summary: "the heap is filled, most blocks are freed at random, and other sizes fill it again, several times",
    origin:
      "the classic external-fragmentation experiment; 90 % freed at random is the case in which no allocator tested "
      + "for ACE gave partly filled pages back; the size ranges are chosen here",
    parameters: [heap, freed, rounds]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), random: settings.random(thread: thread),
        heapByteCount: settings.share(of: heap, thread: thread), freed: settings.fraction(freed),
        roundCount: settings.integer(rounds))
    }
    try emitter.interleave(&scripts)
  }

  /// Block sizes of successive rounds: no range fits the holes of the one before.
  static let sizesByRound: [ClosedRange<Int>] = [16...128, 200...600, 40...90, 1000...3000, 130...190]

  private struct Script: ThreadScript {
    let thread: UInt32
    var random: SplitMix64
    let heapByteCount: Int
    let freed: Double
    let roundCount: Int
    var round = 0
    var live: [(block: UInt64, size: Int)] = []
    var liveByteCount = 0
    /// How many blocks stay when the heap is being thinned out; nil while it is being filled.
    var remainderCount: Int?

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if let remainderCount {
        if live.count > remainderCount {
          try freeOne(&emitter)
          return true
        }
        guard round < roundCount else { return false }
        self.remainderCount = nil
      }
      let size = random.uniform(in: sizesByRound[round % sizesByRound.count])
      live.append((try emitter.malloc(size, by: thread), size))
      liveByteCount += size
      if liveByteCount >= heapByteCount {
        round += 1
        remainderCount = round == roundCount ? 0 : Int(Double(live.count) * (1 - freed))
      }
      return true
    }

    private mutating func freeOne(_ emitter: inout WorkloadEmitter) throws {
      let index = random.uniform(below: live.count)
      live.swapAt(index, live.count - 1)
      let last = live.removeLast()
      liveByteCount -= last.size
      try emitter.free(last.block, by: thread)
    }
  }
}
