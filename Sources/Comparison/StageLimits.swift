// SPDX-License-Identifier: MIT

/// How many rounds a stage has. It looks first at `minimum`, then after every `step` until the intervals are narrow
/// enough or `maximum` is reached. It never looks at whether a difference is significant: to stop on that would make
/// 9 % of all comparisons of a thing with itself significant at a level of 2.5 %.
public struct StageLimits: Codable, Equatable, Sendable {
  public var minimum: Int
  public var maximum: Int
  public var step: Int

  public init(minimum: Int, maximum: Int, step: Int = 2) {
    self.minimum = minimum
    self.maximum = maximum
    self.step = step
  }

  public static let screen = StageLimits(minimum: 10, maximum: 20)
  public static let confirm = StageLimits(minimum: 12, maximum: 40)

  /// Fewer rounds than this have no interval of 95 %.
  public static let smallestMinimum = 6

  /// More rounds than any gate lives to see.
  public static let largestMaximum = 1_000_000

  public var isValid: Bool {
    minimum >= Self.smallestMinimum && maximum >= minimum && maximum <= Self.largestMaximum && step > 0
  }

  /// Whether a stage may end after so many rounds.
  func mayLook(after roundCount: Int) -> Bool {
    roundCount >= maximum || roundCount >= minimum && (roundCount - minimum) % step == 0
  }
}
