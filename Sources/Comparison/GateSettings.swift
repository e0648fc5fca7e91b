// SPDX-License-Identifier: MIT

/// Everything that a gate's verdict depends on beside its rows.
public struct GateSettings: Codable, Equatable, Sendable {
  public var cells: [GateCell]
  /// Of the mean over all cells, by metric.
  public var suiteMargins: [GateMetric: Margins]
  /// Measured beside what is judged, wherever a pass measures them.
  public var reportedMetrics: [GateMetric]
  /// The cell that the control arms run in, in the first stage of the time pass; nil without controls.
  public var controlCellIdentifier: String?
  public var order: RoundOrder
  public var screen: StageLimits
  public var confirm: StageLimits
  /// How many of 100 gates of a change that loses exactly what is tolerated may fail for one metric, as a fraction.
  public var significance: Double
  /// How much the head was slowed down on purpose, as a fraction of its time; 0 for not at all.
  public var injectedSlowdown: Double
  /// What was run, whatever it was run on, and the SHA-256 of the program that measured: sessions of a stored baseline
  /// have both in common. Nil where nobody will ask.
  public var workloadHash: String?
  public var workerSHA256: String?

  public init(
    cells: [GateCell], suiteMargins: [GateMetric: Margins] = [:], reportedMetrics: [GateMetric] = [.cpuThroughput],
    controlCellIdentifier: String? = nil, order: RoundOrder = .random, screen: StageLimits = .screen,
    confirm: StageLimits = .confirm, significance: Double = 0.05, injectedSlowdown: Double = 0
  ) {
    self.cells = cells
    self.suiteMargins = suiteMargins
    self.reportedMetrics = reportedMetrics
    self.controlCellIdentifier = controlCellIdentifier
    self.order = order
    self.screen = screen
    self.confirm = confirm
    self.significance = significance
    self.injectedSlowdown = injectedSlowdown
  }

  /// Cells that count.
  public var judgedCells: [GateCell] { cells.filter { $0.ignore == nil } }

  /// All units, cells in their order.
  public var units: [GateUnit] { cells.flatMap(\.units) }

  /// The metrics that count, in the order of `GateMetric`.
  public var judgedMetrics: [GateMetric] {
    GateMetric.allCases.filter { metric in judgedCells.contains { $0.metrics[metric] != nil } }
  }

  public func cell(_ identifier: String) -> GateCell? { cells.first { $0.identifier == identifier } }

  /// Who runs in a round.
  public func roles(of unit: GateUnit, stage: GateStage) -> [GateRole] {
    let hasControls = unit.cellIdentifier == controlCellIdentifier && unit.pass == .time && stage == .screen
    return hasControls ? GateRole.allCases : [.base, .head]
  }

  /// The metrics that are read from a unit's rows.
  public func metrics(of unit: GateUnit) -> [GateMetric] {
    let judged = cell(unit.cellIdentifier)?.metrics ?? [:]
    return GateMetric.allCases.filter { $0.pass == unit.pass && (judged[$0] != nil || reportedMetrics.contains($0)) }
  }

  /// What the control arms are judged by: the first metric of their cell that the time pass measures, with its margins.
  public var control: (metric: GateMetric, margins: Margins)? {
    guard let metrics = controlCellIdentifier.flatMap({ cell($0) })?.metrics else { return nil }
    return GateMetric.allCases.lazy.filter { $0.pass == .time }.compactMap { metric in
      metrics[metric].map { (metric, $0) }
    }.first
  }

  func margins(_ metric: GateMetric, of unit: GateUnit) -> Margins? { cell(unit.cellIdentifier)?.metrics[metric] }

  public func margins(ofSuite metric: GateMetric) -> Margins { suiteMargins[metric] ?? Margins() }

  public func limits(_ stage: GateStage) -> StageLimits { stage == .screen ? screen : confirm }
}
