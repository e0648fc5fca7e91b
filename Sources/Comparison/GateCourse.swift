// SPDX-License-Identifier: MIT

/// What a gate measures next. It goes by widths of intervals, and at the end of the first stage by what did not pass.
public struct GateCourse: Sendable {
  private let settings: GateSettings

  public init(_ settings: GateSettings) { self.settings = settings }

  /// The units of a stage that want another round, in the order of the settings; none when the stage is over.
  public func unitsWantingRound(in stage: GateStage, _ ledger: GateLedger) -> [GateUnit] {
    switch stage {
    case .screen: settings.units.filter { wantsScreening($0, ledger) }
    case .confirm: unitsToConfirm(ledger).filter { wantsConfirming($0.unit, $0.metrics, $0.suites, ledger) }.map(\.unit)
    }
  }

  /// Whether a metric of a cell was not passed by the first stage.
  public func needsConfirmation(_ metric: GateMetric, of unit: GateUnit, _ ledger: GateLedger) -> Bool {
    guard let margins = settings.margins(metric, of: unit) else { return false }
    return !GateRule.passesScreen(ledger.differences(metric, of: unit, in: .screen), margins, settings.screen)
  }

  /// Whether the mean over all cells was not passed by the first stage. There is no mean of one.
  public func suiteNeedsConfirmation(_ metric: GateMetric, _ ledger: GateLedger) -> Bool {
    let cells = cells(judgedBy: metric)
    guard cells.count > 1 else { return false }
    return !GateRule.passesScreen(
      ledger.suiteDifferences(metric, of: cells, in: .screen), settings.margins(ofSuite: metric), settings.screen)
  }

  /// Cells that count and are judged by a metric.
  public func cells(judgedBy metric: GateMetric) -> [GateCell] {
    settings.judgedCells.filter { $0.metrics[metric] != nil }
  }

  private func wantsScreening(_ unit: GateUnit, _ ledger: GateLedger) -> Bool {
    let count = ledger.rounds(of: unit, in: .screen).count
    guard count >= settings.screen.minimum else { return true }
    // Rounds may lack the figure: without a limit of their own they would go on for ever.
    guard count < settings.screen.maximum else { return false }
    // What is ignored is recorded and no more.
    guard let cell = settings.cell(unit.cellIdentifier), cell.ignore == nil else { return false }
    return cell.metrics.contains { metric, margins in
      metric.pass == unit.pass
        && GateRule.wantsAnotherRound(
          ledger.differences(metric, of: unit, in: .screen), margins, settings.screen)
    }
  }

  private typealias Confirmation = (unit: GateUnit, metrics: [GateMetric], suites: [GateMetric])

  /// The units of the second stage with the metrics, their own and means over all cells, that they are there for.
  private func unitsToConfirm(_ ledger: GateLedger) -> [Confirmation] {
    let suites = settings.judgedMetrics.filter { suiteNeedsConfirmation($0, ledger) }
    return settings.judgedCells.flatMap { cell in
      cell.units.compactMap { unit -> Confirmation? in
        let judged = cell.metrics.keys.filter { $0.pass == unit.pass }
        let own = judged.filter { needsConfirmation($0, of: unit, ledger) }
        let shared = suites.filter { judged.contains($0) }
        return own.isEmpty && shared.isEmpty ? nil : (unit, own, shared)
      }
    }
  }

  private func wantsConfirming(
    _ unit: GateUnit, _ metrics: [GateMetric], _ suites: [GateMetric], _ ledger: GateLedger
  ) -> Bool {
    let limits = settings.confirm
    let count = ledger.rounds(of: unit, in: .confirm).count
    if !suites.isEmpty, count < limits.minimum { return true }
    guard count < limits.maximum else { return false }
    return metrics.contains { metric in
      guard let margins = settings.margins(metric, of: unit) else { return false }
      return GateRule.wantsAnotherRound(ledger.differences(metric, of: unit, in: .confirm), margins, limits)
    }
  }
}
