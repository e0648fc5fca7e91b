// SPDX-License-Identifier: MIT

/// What a complete round of a unit measured.
public struct GateRound: Equatable, Sendable {
  public var number: UInt32
  /// Goodness, the mean of all of an arm's runs in the round.
  public var goodness: [GateRole: [GateMetric: Double]]
  /// Base and head as they ran first and last, for telling what the place in the round does.
  public var headRanFirst: Bool

  public init(number: UInt32, goodness: [GateRole: [GateMetric: Double]], headRanFirst: Bool) {
    self.number = number
    self.goodness = goodness
    self.headRanFirst = headRanFirst
  }

  /// How much better an arm did than the base; nil where either lacks the metric.
  public func difference(_ metric: GateMetric, of role: GateRole = .head) -> Double? {
    guard let subject = goodness[role]?[metric], let base = goodness[.base]?[metric] else { return nil }
    return subject - base
  }
}
