// SPDX-License-Identifier: MIT

import Events

@testable import Workloads

/// A generated sequence, checked event by event as it arrives.
final class GeneratedProgram: EventSink {
  private enum ThreadState {
    case running
    case ended
  }

  private struct Block {
    var size: UInt64
    var thread: UInt32
  }

  private var threads: [ThreadState] = [.running]
  private var live: [UInt64: Block] = [:]
  private(set) var faults: [String] = []
  private(set) var operationCount = 0
  private(set) var allocationSizes: [UInt64] = []
  private(set) var liveByteCount: UInt64 = 0
  private(set) var livePeakByteCount: UInt64 = 0
  private(set) var livePeakBlockCount = 0
  private(set) var freeCount = 0
  private(set) var remoteFreeCount = 0
  private(set) var reallocCount = 0
  private(set) var alignedCount = 0
  private(set) var nanoseconds: [UInt64] = []
  /// Every event mixed into one number (FNV-1a over its fields).
  private(set) var fingerprint: UInt64 = 0xcbf2_9ce4_8422_2325

  /// The program of a specification's text.
  static func run(_ text: String, seed: UInt64 = 1, threadCount: Int = 1) throws -> GeneratedProgram {
    let program = GeneratedProgram()
    try WorkloadSpecification(parsing: text).generate(seed: seed, threadCount: threadCount, into: program)
    program.expectNothingLeft()
    return program
  }

  var threadCount: Int { threads.count }
  var endedThreadCount: Int { threads.count { $0 == .ended } }

  func receive(_ events: [Event]) {
    for event in events {
      mix(event)
      check(event)
    }
  }

  private func expectNothingLeft() {
    if !live.isEmpty { faults.append("\(live.count) blocks are never freed") }
    if threads.dropFirst().contains(.running) { faults.append("a thread never ends") }
  }

  private func check(_ event: Event) {
    if event.nanoseconds < nanoseconds.last ?? 0 { faults.append("time goes back") }
    if event.nanoseconds != nanoseconds.last { nanoseconds.append(event.nanoseconds) }
    if event.kind == .threadStart {
      if event.thread != threads.count { faults.append("thread \(event.thread) is not the next") }
      threads.append(.running)
      return
    }
    guard event.thread < threads.count, threads[Int(event.thread)] == .running else {
      faults.append("thread \(event.thread) acts while not running")
      return
    }
    if event.kind == .threadEnd {
      if event.thread == 0 { faults.append("the main thread ends") }
      threads[Int(event.thread)] = .ended
      return
    }
    operationCount += 1
    switch event.kind {
    case .free: release(event.block, by: event.thread)
    case .realloc:
      reallocCount += 1
      release(event.formerBlock, by: nil)
      take(event)
    default:
      if (event.kind == .aligned) != (event.alignmentShift > 0) { faults.append("an alignment is out of place") }
      if event.kind == .aligned { alignedCount += 1 }
      take(event)
    }
  }

  private func take(_ event: Event) {
    if event.block == 0 || event.size == 0 { faults.append("block \(event.block) of \(event.size) bytes") }
    if live.updateValue(Block(size: event.size, thread: event.thread), forKey: event.block) != nil {
      faults.append("block \(event.block) is already live")
    }
    allocationSizes.append(event.size)
    liveByteCount += event.size
    livePeakByteCount = max(livePeakByteCount, liveByteCount)
    livePeakBlockCount = max(livePeakBlockCount, live.count)
  }

  /// - Parameter thread: the thread that frees; nil for realloc.
  private func release(_ block: UInt64, by thread: UInt32?) {
    guard let entry = live.removeValue(forKey: block) else {
      faults.append("block \(block) is not live")
      return
    }
    liveByteCount -= entry.size
    guard let thread else { return }
    freeCount += 1
    if entry.thread != thread { remoteFreeCount += 1 }
  }

  private func mix(_ event: Event) {
    for field in [
      UInt64(event.kind.rawValue), UInt64(event.alignmentShift), UInt64(event.thread), event.block, event.formerBlock,
      event.size, event.nanoseconds,
    ] { fingerprint = (fingerprint ^ field) &* 0x0000_0100_0000_01b3 }
  }
}
