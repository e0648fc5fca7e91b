// SPDX-License-Identifier: MIT

/// An in-memory key-value cache.
enum SlabCache {
  static let operations = WorkloadParameter(
    "operations", default: 1_000_000, in: 1...1_000_000_000, "calls of the allocator in all")
  static let keys = WorkloadParameter("keys", default: 200_000, in: 1...4_000_000, "keys that are asked for")
  static let exponent = WorkloadParameter(
    fraction: "exponent", default: 0.99, in: 0...4,
    "how unequal keys are: rank k is asked for in proportion to 1 / k^exponent")
  static let sets = WorkloadParameter(
    fraction: "sets", default: 0.5, in: 0.01...1, "share of requests that store a value")
  static let capacity = WorkloadParameter(
    "capacity", default: 32 << 20, in: (1 << 16)...(16 << 30), unit: .bytes,
    "bytes of values, beyond which the oldest is evicted")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 8192, in: smallestSlab...(1 << 20), unit: .bytes, "largest value")
  private static let smallestSlab = 96

  static let workload = Workload(
    name: "slab-cache",
    summary:
      "a cache shared by all threads: Zipf keys, slab-sized values, the least recently used evicted by whoever stores",
    origin:
      "memcached's slab classes (each 1.25 times the one before, rounded up to 8 bytes), YCSB's Zipf "
      + "exponent and its even mix of reads and updates; a get "
      + "of a missing key stores it; values of a class are as common as it is small; the counts are chosen here",
    parameters: [operations, keys, exponent, sets, capacity, maximumSize], emit: emit)

  /// Sizes of values from 96 bytes to the largest allowed.
  static func slabSizes(upTo maximum: Int) -> [Int] {
    var sizes: [Int] = []
    var size = smallestSlab
    while size <= maximum {
      sizes.append(size)
      size = (size * 5 / 4 + 7) & ~7
    }
    return sizes
  }

  private static func emit(_ settings: WorkloadSettings, _ emitter: inout WorkloadEmitter) throws {
    let popularity = ZipfDistribution(count: settings.integer(keys), exponent: settings.fraction(exponent))
    let slabs = slabSizes(upTo: settings.integer(maximumSize))
    let slabChoice = WeightedChoice(weights: slabs.map { 1 / Double($0) })
    var random = settings.random(thread: 0)
    var cache = LeastRecentlyUsedCache(keyCount: settings.integer(keys))
    let limit = settings.integer(operations)
    var callCount = 0
    var requestCount = 0
    for _ in 1..<settings.threadCount { _ = try emitter.startThread() }
    while callCount < limit {
      let thread = UInt32(requestCount / WorkloadEmitter.stepsPerTurn % settings.threadCount)
      requestCount += 1
      let key = popularity.next(&random)
      guard !cache.touch(key) || random.chance(settings.fraction(sets)) else { continue }
      let size = slabs[slabChoice.next(&random)]
      let block = try emitter.malloc(size, by: thread)
      callCount += 1
      if let replaced = cache.store(key, block: block, size: size) {
        try emitter.free(replaced, by: thread)
        callCount += 1
      }
      while cache.byteCount > settings.integer(capacity), let evicted = cache.evictOldest() {
        try emitter.free(evicted, by: thread)
        callCount += 1
      }
    }
    while let block = cache.evictOldest() { try emitter.free(block, by: 0) }
    for thread in 1..<settings.threadCount { try emitter.endThread(UInt32(thread)) }
  }
}
