// SPDX-License-Identifier: MIT

import Events
import Trace

/// Adds up the allocations of a trace by stack, in one pass, in memory that grows with the stacks and the slots.
///
/// While the trace is read, the values that say what leaked are what is live: what is live at the end has leaked.
final class AllocationCounter: PlacedEventSink {
  private struct LiveBlock {
    var size: UInt64 = 0
    var nanoseconds: UInt64 = 0
    /// The place of its stack's values; `none` when it is not counted.
    var place: UInt32 = AllocationCounter.none
  }

  private static let none = UInt32.max

  private let recording: StackRecording
  private let shortLifetimeNanoseconds: UInt64
  /// For each stack the place of its values.
  private var places: [UInt32]
  /// The stacks that have values, in the order of those.
  private(set) var stacks: [UInt32] = []
  private(set) var values: [AllocationValues] = []
  private var blocks: [LiveBlock] = []
  private(set) var totals = AllocationTotals()
  private var liveByteCount: UInt64 = 0
  private var liveBlockCount: UInt64 = 0
  /// How often the program had more memory than ever before.
  private var peakNumber: UInt64 = 0
  private var lastNanoseconds: UInt64 = 0

  init(_ stacks: StackTable, recording: StackRecording, shortLifetimeNanoseconds: UInt64) {
    self.recording = recording
    self.shortLifetimeNanoseconds = shortLifetimeNanoseconds
    places = [UInt32](repeating: Self.none, count: Int(stacks.count) + 1)
  }

  func receive(_ events: [PlacedEvent]) {
    for event in events {
      lastNanoseconds = max(lastNanoseconds, event.nanoseconds)
      switch event.kind {
      case .malloc, .calloc, .aligned: allocate(event)
      case .realloc:
        end(event)
        allocate(event)
      case .free: end(event)
      case .threadStart, .threadEnd: break
      }
    }
  }

  /// Ends the trace: what is live now never was freed.
  func finish() {
    for block in blocks where block.place != Self.none {
      values[Int(block.place)].lifetimeNanoseconds +=
        Double(lastNanoseconds - min(block.nanoseconds, lastNanoseconds)) * recording.weight(ofSize: block.size)
    }
    for place in values.indices { notePeak(&values[place]) }
    totals.leakedByteCount = liveByteCount
    totals.leakedBlockCount = liveBlockCount
  }

  private func allocate(_ event: PlacedEvent) {
    let slot = Int(event.slot)
    while blocks.count <= slot { blocks.append(LiveBlock()) }
    totals.allocatedByteCount += event.size
    totals.allocatedBlockCount += 1
    // Of a sample, a block without a stack is stood for by others.
    var place = Self.none
    if event.stack != 0 || recording.kind == .all { place = self.place(of: event.stack) }
    blocks[slot] = LiveBlock(size: event.size, nanoseconds: event.nanoseconds, place: place)
    if place != Self.none {
      let weight = recording.weight(ofSize: event.size)
      add(weight, bytes: weight * Double(event.size), to: &values[Int(place)])
    }
    liveByteCount += event.size
    liveBlockCount += 1
    if liveByteCount > totals.peakByteCount {
      totals.peakByteCount = liveByteCount
      totals.peakBlockCount = liveBlockCount
      totals.peakNanoseconds = event.nanoseconds
      peakNumber += 1
    }
  }

  private func add(_ blocks: Double, bytes: Double, to values: inout AllocationValues) {
    notePeak(&values)
    values.allocatedBytes += bytes
    values.allocatedBlocks += blocks
    values.leakedBytes += bytes
    values.leakedBlocks += blocks
    if values.leakedBytes > values.ownPeakBytes {
      values.ownPeakBytes = values.leakedBytes
      values.ownPeakBlocks = values.leakedBlocks
    }
  }

  private func end(_ event: PlacedEvent) {
    let slot = Int(event.slot)
    guard slot < blocks.count else { return }
    let block = blocks[slot]
    blocks[slot].place = Self.none
    liveByteCount -= block.size
    liveBlockCount -= 1
    guard block.place != Self.none else { return }
    let weight = recording.weight(ofSize: block.size)
    let lifetime = event.nanoseconds - min(block.nanoseconds, event.nanoseconds)
    remove(
      weight, bytes: weight * Double(block.size), lifetimeNanoseconds: lifetime, from: &values[Int(block.place)])
  }

  private func remove(
    _ blocks: Double, bytes: Double, lifetimeNanoseconds: UInt64, from values: inout AllocationValues
  ) {
    notePeak(&values)
    values.leakedBytes -= bytes
    values.leakedBlocks -= blocks
    values.lifetimeNanoseconds += blocks * Double(lifetimeNanoseconds)
    if lifetimeNanoseconds < shortLifetimeNanoseconds {
      values.shortLivedBytes += bytes
      values.shortLivedBlocks += blocks
    }
  }

  /// Notes what a stack has live for the latest peak of the program, before it changes for the first time since.
  private func notePeak(_ values: inout AllocationValues) {
    guard values.peakNumber != peakNumber else { return }
    values.peakNumber = peakNumber
    values.peakBytes = values.leakedBytes
    values.peakBlocks = values.leakedBlocks
  }

  private func place(of stack: UInt32) -> UInt32 {
    let known = places[Int(stack)]
    if known != Self.none { return known }
    let place = UInt32(values.count)
    places[Int(stack)] = place
    stacks.append(stack)
    var fresh = AllocationValues()
    // It had nothing at the peaks so far.
    fresh.peakNumber = peakNumber
    values.append(fresh)
    return place
  }
}
