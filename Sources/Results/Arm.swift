// SPDX-License-Identifier: MIT

/// One of the things compared within a cell: an allocator and the switches it was run with.
public struct Arm: Hashable, Sendable {
  public var allocator: String
  /// `name=value` joined by `;`, empty without switches.
  public var switches: String

  public init(allocator: String, switches: String = "") {
    self.allocator = allocator
    self.switches = switches
  }

  /// The name of the allocator that is the floor: it does nothing, and competes with no one.
  public static let floorAllocator = "null"

  /// Whether this is the floor rather than a competitor.
  public var isFloor: Bool { allocator == Self.floorAllocator }
}
