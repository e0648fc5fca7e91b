// SPDX-License-Identifier: MIT

/// A heap that is large for a while and small afterwards, in a program that stays busy.
enum Ebb {
  static let heap = WorkloadParameter(
    "heap", default: 64 << 20, in: (1 << 16)...(16 << 30), unit: .bytes, "live bytes at high tide, over all threads")
  static let tides = WorkloadParameter("tides", default: 2, in: 1...10000, "times that the heap fills and empties")
  static let stretch = WorkloadParameter(
    "stretch", default: 64 << 10, in: 0...(1 << 30), unit: .bytes,
    "bytes in a row that stay live at low tide, of every 4 MiB")
  static let calls = WorkloadParameter(
    "calls", default: 1_000_000, in: 0...1_000_000_000, "calls between two tides, over all threads")
  static let buffer = WorkloadParameter(
    "buffer", default: 100 << 10, in: 1...(1 << 30), unit: .bytes, "size of the buffers that these calls are about")
  private static let sizes = 48...112
  private static let stretchDistance = 4 << 20
  private static let bufferCount = 4

  static let workload = Workload(
    name: "ebb",
    summary: "a heap fills, most of it is freed in long stretches, and the program goes on with a few buffers",
    origin:
      "services after a peak of load, and compilers between phases: what an allocator keeps of a heap that nobody needs while "
      + "there is no silence to look after it; the numbers are chosen here",
    parameters: [heap, tides, stretch, calls, buffer]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), random: settings.random(thread: thread),
        heapByteCount: settings.share(of: heap, thread: thread), stretchByteCount: settings.integer(stretch),
        callCount: settings.share(of: calls, thread: thread), bufferByteCount: settings.integer(buffer),
        remainingTides: settings.integer(tides))
    }
    try emitter.interleave(&scripts)
  }

  private struct Script: ThreadScript {
    enum Phase {
      case rising
      case falling
      case low
    }

    let thread: UInt32
    var random: SplitMix64
    let heapByteCount: Int
    let stretchByteCount: Int
    let callCount: Int
    let bufferByteCount: Int
    var remainingTides: Int
    var phase = Phase.rising
    var live: [UInt64] = []
    var kept: [UInt64] = []
    var liveByteCount = 0
    var freedCount = 0
    var buffers: [UInt64] = []
    var remainingCalls = 0
    var isFillingBuffers = true

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      switch phase {
      case .rising: try rise(&emitter)
      case .falling: try fall(&emitter)
      case .low: return try stayLow(&emitter)
      }
      return true
    }

    private mutating func rise(_ emitter: inout WorkloadEmitter) throws {
      let size = random.uniform(in: Ebb.sizes)
      let block = try emitter.malloc(size, by: thread)
      if liveByteCount % Ebb.stretchDistance < stretchByteCount { kept.append(block) } else { live.append(block) }
      liveByteCount += size
      if liveByteCount >= heapByteCount { (phase, freedCount) = (.falling, 0) }
    }

    private mutating func fall(_ emitter: inout WorkloadEmitter) throws {
      if freedCount < live.count {
        try emitter.free(live[freedCount], by: thread)
        freedCount += 1
        return
      }
      live = []
      (phase, remainingCalls) = (.low, callCount)
    }

    /// The buffers are allocated and freed in turn; what stayed of the tide goes before the next one.
    private mutating func stayLow(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if remainingCalls > 0 || !buffers.isEmpty {
        remainingCalls -= 1
        if isFillingBuffers, remainingCalls > 0 {
          buffers.append(try emitter.malloc(bufferByteCount, by: thread))
          isFillingBuffers = buffers.count < Ebb.bufferCount
        } else if let block = buffers.popLast() {
          try emitter.free(block, by: thread)
          isFillingBuffers = buffers.isEmpty
        }
        return true
      }
      if let block = kept.popLast() {
        try emitter.free(block, by: thread)
        return true
      }
      remainingTides -= 1
      (phase, liveByteCount, isFillingBuffers) = (.rising, 0, true)
      return remainingTides > 0
    }
  }
}
