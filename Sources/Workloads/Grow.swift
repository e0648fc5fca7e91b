// SPDX-License-Identifier: MIT

/// Buffers that grow by realloc.
enum Grow {
  static let operations = WorkloadParameter(
    "operations", default: 300_000, in: 1...1_000_000_000, "calls in all, divided over the threads")
  static let buffers = WorkloadParameter("buffers", default: 64, in: 1...100_000, "buffers growing in each thread")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 128 << 10, in: 64...(1 << 30), unit: .bytes, "a buffer that would grow beyond is freed")
  static let increment = WorkloadParameter(
    "increment", default: 4096, in: 1...(1 << 24), unit: .bytes, "growth of an additive buffer at each step")
  static let geometric = WorkloadParameter(
    fraction: "geometric", default: 0.5, in: 0...1,
    "share of buffers that double instead; every fourth of those grows by half")

  static let workload = Workload(
    name: "grow",
    summary: "buffers grown by realloc, doubling or by a fixed step: growth in place, or how dear a copy is",
    origin:
      "dynamic arrays (doubling, or half as much again) and readers that grow a buffer page by page; the numbers are "
      + "chosen here",
    parameters: [operations, buffers, maximumSize, increment, geometric]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), random: settings.random(thread: thread),
        maximumSize: settings.integer(maximumSize), increment: settings.integer(increment),
        geometric: settings.fraction(geometric), remainingOperations: settings.share(of: operations, thread: thread),
        buffers: [Buffer](repeating: Buffer(), count: settings.integer(buffers)))
    }
    try emitter.interleave(&scripts)
  }

  private enum Growth {
    case doubling
    case byHalf
    case additive
  }

  private struct Buffer {
    /// 0 when there is none.
    var block: UInt64 = 0
    var size = 0
    var growth = Growth.additive
  }

  private struct Script: ThreadScript {
    let thread: UInt32
    var random: SplitMix64
    let maximumSize: Int
    let increment: Int
    let geometric: Double
    var remainingOperations: Int
    var buffers: [Buffer]

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      guard remainingOperations > 0 else { return try drain(&emitter) }
      remainingOperations -= 1
      let index = random.uniform(below: buffers.count)
      var buffer = buffers[index]
      if buffer.block == 0 {
        buffer.growth = random.chance(geometric) ? (random.chance(0.25) ? .byHalf : .doubling) : .additive
        buffer.size = random.uniform(in: 16...64)
        buffer.block = try emitter.malloc(buffer.size, by: thread)
      } else if grownSize(buffer) > maximumSize {
        try emitter.free(buffer.block, by: thread)
        buffer.block = 0
      } else {
        buffer.size = grownSize(buffer)
        try emitter.realloc(buffer.block, buffer.size, by: thread)
      }
      buffers[index] = buffer
      return true
    }

    private func grownSize(_ buffer: Buffer) -> Int {
      switch buffer.growth {
      case .doubling: buffer.size * 2
      case .byHalf: buffer.size + buffer.size / 2
      case .additive: buffer.size + increment
      }
    }

    private mutating func drain(_ emitter: inout WorkloadEmitter) throws -> Bool {
      while let buffer = buffers.popLast() {
        guard buffer.block != 0 else { continue }
        try emitter.free(buffer.block, by: thread)
        return true
      }
      return false
    }
  }
}
