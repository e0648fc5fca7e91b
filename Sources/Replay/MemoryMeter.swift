// SPDX-License-Identifier: MIT

import CLinux
import Measurement
import Synchronization

/// The accounts of the memory pass, shared by all replay threads: what is live, and samples of what the process holds
/// at equal steps of operations and at the operation where most is live.
struct MemoryMeter: ~Copyable {
  /// A point of the timeline.
  struct Point: BitwiseCopyable {
    var operationCount: UInt64
    var elapsedNanoseconds: UInt64
    var liveByteCount: UInt64
    var usableByteCount: UInt64
    var memory: MemorySample
  }

  /// What is known of the block in a slot.
  struct Account: BitwiseCopyable {
    var requestedByteCount: UInt64
    var usableByteCount: UInt64
  }

  let accounts: UnsafeMutablePointer<Account>
  private let points: UnsafeMutablePointer<Point>
  private let pointCapacity: Int
  private let stepOperationCount: UInt64
  private let peakOperation: UInt64
  private let memory = ProcessMemory()
  /// Nil unless memory by NUMA node was asked for.
  private let nodeMemory: NumaMemory?
  private let nodesAtPeak: NumaMemory.Reading?
  private let pointCount = Atomic<Int>(0)
  private let operationCount = Atomic<UInt64>(0)
  private let liveByteCount = Atomic<UInt64>(0)
  private let usableByteCount = Atomic<UInt64>(0)
  private let startNanoseconds = Atomic<UInt64>(0)
  private let isSampling = Atomic<Bool>(false)
  private let peakPoint = Atomic<Int>(-1)

  /// Accounts for `slotCount` slots, sampling at most `pointCount` times in `operationCount` operations.
  /// nil when there is no memory for them.
  init?(slotCount: Int, operationCount: UInt64, peakOperation: UInt64, pointCount: Int, readsNodes: Bool) {
    // Three more for the first, the peak and the last.
    pointCapacity = pointCount + 3
    // Rounded up: rounded down, a short program would have up to twice the points.
    stepOperationCount = max(1, (operationCount + UInt64(pointCount) - 1) / UInt64(pointCount))
    self.peakOperation = peakOperation
    let populate = Int32(MAP_POPULATE)
    guard
      let accounts = linux_map_anonymous(max(slotCount, 1) * MemoryLayout<Account>.stride, populate),
      let points = linux_map_anonymous(pointCapacity * MemoryLayout<Point>.stride, populate)
    else { return nil }
    nodeMemory = readsNodes ? NumaMemory() : nil
    nodesAtPeak = readsNodes ? NumaMemory.reading() : nil
    self.accounts = accounts.bindMemory(to: Account.self, capacity: max(slotCount, 1))
    self.points = points.bindMemory(to: Point.self, capacity: pointCapacity)
  }

  /// Begins the timeline with a point at operation 0.
  func start() {
    startNanoseconds.store(Clock.nowNanoseconds(), ordering: .relaxed)
    sample()
  }

  /// Ends the timeline with a point at the last operation.
  func finish() { sample() }

  /// The points so far, in order.
  var timeline: UnsafeBufferPointer<Point> {
    UnsafeBufferPointer(start: points, count: min(pointCount.load(ordering: .acquiring), pointCapacity))
  }

  /// The point where most was live; nil when the program performed no operation.
  var peak: Point? {
    let index = peakPoint.load(ordering: .relaxed)
    return index < 0 ? nil : points[index]
  }

  /// What lay on each NUMA node then; nil when it was not read.
  var nodesAtLivePeak: NumaMemory.Reading? {
    guard peakPoint.load(ordering: .relaxed) >= 0, nodeMemory != nil else { return nil }
    return nodesAtPeak
  }

  /// Enters the new block of a slot, whose former account has been closed.
  func open(slot: Int, requestedByteCount: Int, usableByteCount usable: Int) {
    accounts[slot] = Account(requestedByteCount: UInt64(requestedByteCount), usableByteCount: UInt64(usable))
    liveByteCount.wrappingAdd(UInt64(requestedByteCount), ordering: .relaxed)
    usableByteCount.wrappingAdd(UInt64(usable), ordering: .relaxed)
  }

  /// Takes the block of a slot off the books.
  func close(slot: Int) {
    liveByteCount.wrappingSubtract(accounts[slot].requestedByteCount, ordering: .relaxed)
    usableByteCount.wrappingSubtract(accounts[slot].usableByteCount, ordering: .relaxed)
  }

  /// Counts an operation, and samples when one is due.
  func count() {
    let performed = operationCount.wrappingAdd(1, ordering: .relaxed).newValue
    if performed == peakOperation {
      peakPoint.store(sample() ?? -1, ordering: .relaxed)
      if let nodesAtPeak { nodeMemory?.read(into: nodesAtPeak) }
    } else if performed % stepOperationCount == 0 {
      sample()
    }
  }

  /// Adds a point; it bears the count of its own moment, because other threads go on while one waits for its turn.
  @discardableResult
  private func sample() -> Int? {
    while !isSampling.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged {
      linux_spin_pause()
    }
    defer { isSampling.store(false, ordering: .releasing) }
    let index = pointCount.load(ordering: .relaxed)
    guard index < pointCapacity else { return nil }
    points[index] = Point(
      operationCount: operationCount.load(ordering: .relaxed),
      elapsedNanoseconds: Clock.nowNanoseconds() - startNanoseconds.load(ordering: .relaxed),
      liveByteCount: liveByteCount.load(ordering: .relaxed),
      usableByteCount: usableByteCount.load(ordering: .relaxed), memory: memory.sample())
    pointCount.store(index + 1, ordering: .releasing)
    return index
  }
}
