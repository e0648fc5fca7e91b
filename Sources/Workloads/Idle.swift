// SPDX-License-Identifier: MIT

/// Bursts with silence between them: what is kept while nothing happens.
enum Idle {
  static let heap = WorkloadParameter(
    "heap", default: 32 << 20, in: (1 << 16)...(16 << 30), unit: .bytes,
    "live bytes at the height of a burst, over all threads")
  static let bursts = WorkloadParameter("bursts", default: 4, in: 1...10000, "bursts")
  static let period = WorkloadParameter(
    "period", default: 500, in: 0...3_600_000, unit: .milliseconds,
    "milliseconds from the start of one burst to the next")
  static let kept = WorkloadParameter(
    fraction: "kept", default: 0.02, in: 0...1,
    "share of a burst's blocks that live through the silence, until the next burst ends")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 1024, in: minimumSize...(1 << 20), unit: .bytes, "largest block; the smallest is 16 bytes")
  private static let minimumSize = 16

  static let workload = Workload(
    name: "idle",
    summary: "a burst, nearly everything freed, silence, again: memory given back while nothing happens",
    origin:
      "interactive programs and services between requests; the numbers are chosen here. Events carry times: a burst "
      + "runs at full speed when its period begins, and a replay at full speed has no silence",
    parameters: [heap, bursts, period, kept, maximumSize]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), random: settings.random(thread: thread),
        heapByteCount: settings.share(of: heap, thread: thread), kept: settings.fraction(kept),
        sizes: minimumSize...settings.integer(maximumSize))
    }
    for _ in scripts.indices.dropFirst() { _ = try emitter.startThread() }
    for burst in 0..<settings.integer(bursts) {
      emitter.nanoseconds = UInt64(burst * settings.integer(period)) * 1_000_000
      for index in scripts.indices { scripts[index].beginBurst(isLast: burst == settings.integer(bursts) - 1) }
      try emitter.takeTurns(&scripts)
    }
    for script in scripts { try emitter.endThread(script.thread) }
  }

  private struct Script: ThreadScript {
    let thread: UInt32
    var random: SplitMix64
    let heapByteCount: Int
    let kept: Double
    let sizes: ClosedRange<Int>
    var liveByteCount = 0
    var isFreeing = false
    var isLast = false
    var live: [UInt64] = []
    /// Blocks kept from the burst before.
    var previous: [UInt64] = []
    var next: [UInt64] = []

    mutating func beginBurst(isLast: Bool) {
      self.isLast = isLast
      isFreeing = false
      liveByteCount = 0
      previous = next
      next = []
    }

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if !isFreeing {
        let size = random.uniform(in: sizes)
        live.append(try emitter.malloc(size, by: thread))
        liveByteCount += size
        isFreeing = liveByteCount >= heapByteCount
        return true
      }
      if let block = previous.popLast() {
        try emitter.free(block, by: thread)
        return true
      }
      while !live.isEmpty {
        live.swapAt(random.uniform(below: live.count), live.count - 1)
        let block = live.removeLast()
        if !isLast, random.chance(kept) {
          next.append(block)
        } else {
          try emitter.free(block, by: thread)
          return true
        }
      }
      return false
    }
  }
}
