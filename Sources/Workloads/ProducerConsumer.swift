// SPDX-License-Identifier: MIT

/// Every block is freed by a thread other than its own.
enum ProducerConsumer {
  static let operations = WorkloadParameter(
    "operations", default: 2_000_000, in: 2...1_000_000_000, "calls in all, half of them frees")
  static let batch = WorkloadParameter("batch", default: 64, in: 1...65536, "blocks handed over together")
  static let depth = WorkloadParameter(
    "depth", default: 16, in: 1...4096, "batches of each producer that wait to be freed")
  static let minimumSize = WorkloadParameter(
    "minimum-size", default: 16, in: 1...(1 << 20), unit: .bytes, "smallest block")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 512, in: 1...(1 << 20), unit: .bytes, notBelow: "minimum-size", "largest block")

  static let workload = Workload(
    name: "producer-consumer",
    summary: "all frees are remote: some threads only allocate, others only free, batch by batch",
    origin: "the shape of xmalloc-test (pure producers, pure consumers), with the wait for the consumer bounded; "
      + "batches and sizes are chosen here",
    minimumThreadCount: 2,
    parameters: [operations, batch, depth, minimumSize, maximumSize], emit: emit)

  /// Even threads produce, odd ones consume; with an odd number of threads the first consumer serves one producer more.
  private static func emit(_ settings: WorkloadSettings, _ emitter: inout WorkloadEmitter) throws {
    let consumerCount = settings.threadCount / 2
    let producerCount = settings.threadCount - consumerCount
    let batchSize = settings.integer(batch)
    let sizes = settings.integer(minimumSize)...settings.integer(maximumSize)
    var random = settings.random(thread: 0)
    var queues = [NumberQueue](repeating: NumberQueue(), count: producerCount)
    var remaining = settings.integer(operations) / 2
    for _ in 1..<settings.threadCount { _ = try emitter.startThread() }
    while remaining > 0 {
      for producer in 0..<producerCount where remaining > 0 {
        for _ in 0..<min(batchSize, remaining) {
          queues[producer].append(try emitter.malloc(random.uniform(in: sizes), by: UInt32(2 * producer)))
          remaining -= 1
        }
        let consumer = UInt32(2 * (producer % consumerCount) + 1)
        if queues[producer].count > settings.integer(depth) * batchSize {
          try freeBatch(of: batchSize, from: &queues[producer], by: consumer, &emitter)
        }
      }
    }
    for producer in 0..<producerCount {
      let consumer = UInt32(2 * (producer % consumerCount) + 1)
      while queues[producer].count > 0 {
        try freeBatch(of: batchSize, from: &queues[producer], by: consumer, &emitter)
      }
    }
    for thread in 1..<settings.threadCount { try emitter.endThread(UInt32(thread)) }
  }

  /// Frees the oldest batch, its newest block first, as a list made by pushing is walked: the consumer waits once for
  /// the whole batch.
  private static func freeBatch(
    of batchSize: Int, from queue: inout NumberQueue, by consumer: UInt32, _ emitter: inout WorkloadEmitter
  ) throws {
    let batch = (0..<min(batchSize, queue.count)).map { _ in queue.removeFirst() }
    for block in batch.reversed() { try emitter.free(block, by: consumer) }
  }
}
