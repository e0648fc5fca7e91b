// SPDX-License-Identifier: MIT

/// What coming second in a round did to speed. Orders are random, so it biases nothing; it widens intervals.
public struct SlotEffect: Codable, Equatable, Sendable {
  public var cellIdentifier: String
  public var title: String
  /// Speed of who ran second ÷ speed of who ran first, less one.
  public var effect: Double
  /// Whether it is surely there, and more than the scatter from round to round: mirrored rounds would be narrower.
  public var isLarge: Bool
}
