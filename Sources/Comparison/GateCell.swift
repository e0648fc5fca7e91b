// SPDX-License-Identifier: MIT

/// A cell of a gate, and what is held against it.
public struct GateCell: Codable, Equatable, Sendable {
  /// The identifier that its rows have.
  public var identifier: String
  /// For people: the workload with what tells it from others.
  public var title: String
  /// What is judged, each with its margins.
  public var metrics: [GateMetric: Margins]
  /// Nil for a cell that counts.
  public var ignore: GateIgnore?

  public init(identifier: String, title: String, metrics: [GateMetric: Margins], ignore: GateIgnore? = nil) {
    self.identifier = identifier
    self.title = title
    self.metrics = metrics
    self.ignore = ignore
  }

  /// The units that measure it.
  public var units: [GateUnit] {
    [.time, .memory].filter { pass in metrics.keys.contains { $0.pass == pass } }
      .map { GateUnit(cellIdentifier: identifier, pass: $0) }
  }
}
