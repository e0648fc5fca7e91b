// SPDX-License-Identifier: MIT

/// Sizes and lifetimes of production services.
enum Fleet {
  static let operations = WorkloadParameter(
    "operations", default: 2_000_000, in: 0...1_000_000_000,
    "births and deaths after the heap has been filled, divided over the threads")
  static let heap = WorkloadParameter(
    "heap", default: 64 << 20, in: (1 << 16)...(16 << 30), unit: .bytes, "live bytes, over all threads")
  static let remote = WorkloadParameter(
    fraction: "remote", default: 0.1, in: 0...1,
    "share of deaths on another thread than the birth's, when there are others")

  static let workload = Workload(
    name: "fleet",
    summary:
      "sizes and lifetimes as in production services, small blocks by the hundred thousand, a share freed remotely",
    origin:
      "means over the ten profiles of Google's fleetbench (Apache-2.0), births by allocation share, memoryless deaths "
      + "by Little's law for each size range; the remote share is not in the profiles",
    parameters: [operations, heap, remote]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), threadCount: settings.threadCount, random: settings.random(thread: thread),
        heapByteCount: settings.share(of: heap, thread: thread), remote: settings.fraction(remote),
        remainingOperations: settings.share(of: operations, thread: thread))
    }
    try emitter.interleave(&scripts)
  }

  private static let births = WeightedChoice(weights: FleetBin.all.map(\.allocationShare))
  private static let livePopulation = WeightedChoice(weights: FleetBin.all.map(\.liveShare))

  private struct Script: ThreadScript {
    private enum Stage {
      case filling
      case steady
      case draining
    }

    let thread: UInt32
    let threadCount: Int
    var random: SplitMix64
    let heapByteCount: Int
    let remote: Double
    var remainingOperations: Int
    private let births = Fleet.births
    private let livePopulation = Fleet.livePopulation
    private let bins = FleetBin.all
    private var stage = Stage.filling
    private var filledByteCount = 0
    private var live = [[UInt64]](repeating: [], count: FleetBin.all.count)
    /// Deaths for each birth, of one block of a bin.
    private var deathRates: [Double] = []
    /// The rates of all live blocks of a bin together.
    private var binDeathRates: [Double] = []
    /// The rates of all live blocks: about 1 while the heap is steady.
    private var totalDeathRate = 0.0
    private var drainedBin = 0

    init(
      thread: UInt32, threadCount: Int, random: SplitMix64, heapByteCount: Int, remote: Double, remainingOperations: Int
    ) {
      self.thread = thread
      self.threadCount = threadCount
      self.random = random
      self.heapByteCount = heapByteCount
      self.remote = remote
      self.remainingOperations = remainingOperations
    }

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      switch stage {
      case .filling:
        filledByteCount += try birth(in: livePopulation.next(&random), &emitter)
        if filledByteCount >= heapByteCount { beginSteadyState() }
        return true
      case .steady:
        guard remainingOperations > 0 else {
          stage = .draining
          return try advance(&emitter)
        }
        remainingOperations -= 1
        try step(&emitter)
        return true
      case .draining:
        while drainedBin < live.count {
          if let block = live[drainedBin].popLast() {
            try emitter.free(block, by: thread)
            return true
          }
          drainedBin += 1
        }
        return false
      }
    }

    /// Little's law: the mean number of live blocks is their birth rate times their lifetime, so the death rate of a
    /// block is the birth rate of its bin over the number of its bin that are to be live.
    private mutating func beginSteadyState() {
      stage = .steady
      let blockCount = Double(live.map(\.count).reduce(0, +))
      let allocationTotal = bins.map(\.allocationShare).reduce(0, +)
      let liveTotal = bins.map(\.liveShare).reduce(0, +)
      deathRates = bins.map { bin in
        (bin.allocationShare / allocationTotal) / (bin.liveShare / liveTotal * blockCount)
      }
      binDeathRates = zip(live, deathRates).map { Double($0.count) * $1 }
      totalDeathRate = binDeathRates.reduce(0, +)
    }

    /// Whichever comes first, a birth (rate 1) or a death.
    private mutating func step(_ emitter: inout WorkloadEmitter) throws {
      var point = random.unit() * (1 + totalDeathRate) - 1
      guard point >= 0, let dying = binOfDeath(&point) else {
        let bin = births.next(&random)
        _ = try birth(in: bin, &emitter)
        updateDeathRate(of: bin)
        return
      }
      let index = random.uniform(below: live[dying].count)
      live[dying].swapAt(index, live[dying].count - 1)
      try emitter.free(live[dying].removeLast(), by: threadOfDeath())
      updateDeathRate(of: dying)
    }

    /// The bin in whose part of the total rate a point falls; nil when nothing is live.
    private func binOfDeath(_ point: inout Double) -> Int? {
      var last: Int?
      for (bin, rate) in binDeathRates.enumerated() where rate > 0 {
        last = bin
        point -= rate
        if point < 0 { break }
      }
      return last
    }

    private mutating func updateDeathRate(of bin: Int) {
      let rate = Double(live[bin].count) * deathRates[bin]
      totalDeathRate += rate - binDeathRates[bin]
      binDeathRates[bin] = rate
    }

    private mutating func threadOfDeath() -> UInt32 {
      guard threadCount > 1, random.chance(remote) else { return thread }
      return UInt32((Int(thread) + random.uniform(in: 1...(threadCount - 1))) % threadCount)
    }

    private mutating func birth(in bin: Int, _ emitter: inout WorkloadEmitter) throws -> Int {
      let size = bins[bin].size(&random)
      live[bin].append(try emitter.malloc(size, by: thread))
      return size
    }
  }
}
