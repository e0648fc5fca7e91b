// SPDX-License-Identifier: MIT

/// Something with an area.
public protocol Shape: Sendable {
  var area: Double { get }
  var name: String { get }
}

public struct Circle: Shape, Hashable, Codable {
  public var radius: Double
  public init(radius: Double) { self.radius = radius }
  public var area: Double { radius * radius * .pi }
  public var name: String { "circle" }
}

public struct Box<Side: BinaryInteger & Sendable & Codable>: Shape, Hashable, Codable {
  public var width: Side
  public var height: Side
  public init(width: Side, height: Side) { (self.width, self.height) = (width, height) }
  public var area: Double { Double(width * height) }
  public var name: String { "box" }
}
