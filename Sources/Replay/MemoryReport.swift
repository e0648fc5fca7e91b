// SPDX-License-Identifier: MIT

import Measurement

/// What the memory pass saw.
public struct MemoryReport {
  /// A point of the timeline, in the process's own figures: nothing is subtracted yet.
  public struct Point: Sendable {
    public var operationCount: UInt64
    public var elapsedNanoseconds: UInt64
    public var liveByteCount: UInt64
    public var usableByteCount: UInt64
    public var memory: MemorySample
  }

  private let meter: UnsafePointer<MemoryMeter>
  /// Whether usable bytes are the allocator's word; they equal the requested ones otherwise and mean nothing.
  public let tellsUsableSize: Bool

  init(_ meter: UnsafePointer<MemoryMeter>, tellsUsableSize: Bool) {
    self.meter = meter
    self.tellsUsableSize = tellsUsableSize
  }

  /// Points at equal steps of operations.
  public var timeline: [Point] { meter.pointee.timeline.map(Self.point) }

  /// The point where most requested bytes were live.
  public var peak: Point? { meter.pointee.peak.map(Self.point) }

  private static func point(_ point: MemoryMeter.Point) -> Point {
    Point(
      operationCount: point.operationCount, elapsedNanoseconds: point.elapsedNanoseconds,
      liveByteCount: point.liveByteCount, usableByteCount: point.usableByteCount, memory: point.memory)
  }
}
