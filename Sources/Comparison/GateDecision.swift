// SPDX-License-Identifier: MIT

/// What the complete rounds of a gate say, wherever they come from: rows of processes, or a simulation.
public struct GateDecision: Sendable {
  /// Cells in their order, metrics in theirs.
  public private(set) var findings: [GateFinding] = []
  /// The means over all cells, one for each metric.
  public private(set) var suites: [GateFinding] = []
  private let settings: GateSettings
  private let ledger: GateLedger
  private let course: GateCourse

  public init(_ settings: GateSettings, _ ledger: GateLedger) {
    self.settings = settings
    self.ledger = ledger
    course = GateCourse(settings)
    findings = settings.cells.flatMap { cell in
      cell.units.flatMap { unit in settings.metrics(of: unit).compactMap { screened($0, cell, unit) } }
    }
    suites = settings.judgedMetrics.compactMap(screenedSuite)
    for metric in settings.judgedMetrics { confirm(metric) }
  }

  /// Of what counts, cells and means; of nothing it is an error, for a gate that looks at nothing must not pass.
  public var verdict: GateVerdict { GateJudge.verdict(of: (findings + suites).filter(\.verdict.counts)) }

  // MARK: The first stage

  private func screened(_ metric: GateMetric, _ cell: GateCell, _ unit: GateUnit) -> GateFinding? {
    let differences = ledger.differences(metric, of: unit, in: .screen)
    var finding = GateFinding(
      identifier: cell.identifier, title: cell.title, metric, differences, stage: .screen, margins: cell.metrics[metric]
    )
    finding.addMedians(of: ledger.rounds(of: unit, in: .screen))
    if cell.metrics[metric] == nil {
      finding.verdict = .reported
    } else if let ignore = cell.ignore {
      finding.verdict = .ignored
      finding.ignoreReason = ignore.reason
    } else {
      finding.verdict = course.needsConfirmation(metric, of: unit, ledger) ? .inconclusive : .pass
    }
    return finding
  }

  private func screenedSuite(_ metric: GateMetric) -> GateFinding? {
    let cells = course.cells(judgedBy: metric)
    guard cells.count > 1 else { return nil }
    var finding = GateFinding(
      identifier: nil, title: "mean of \(cells.count) cells", metric,
      ledger.suiteDifferences(metric, of: cells, in: .screen), stage: .screen,
      margins: settings.margins(ofSuite: metric))
    finding.verdict = course.suiteNeedsConfirmation(metric, ledger) ? .inconclusive : .pass
    return finding
  }

  // MARK: The second stage

  /// Judges what the first stage left open, cells and mean together, by the second stage's rounds alone.
  private mutating func confirm(_ metric: GateMetric) {
    let cells = findings.indices.filter { findings[$0].isOpen(metric) }
    let means = suites.indices.filter { suites[$0].isOpen(metric) }
    let hypotheses =
      cells.map { hypothesis(of: findings[$0]) } + means.map { hypothesis(of: suites[$0]) }
    let confirmations = GateRule.confirm(
      hypotheses, limits: settings.confirm, significance: settings.significance)
    for (place, index) in cells.enumerated() {
      findings[index].settle(hypotheses[place].differences, confirmations[place])
      findings[index].addMedians(of: ledger.rounds(of: unit(of: findings[index]), in: .confirm))
    }
    for (place, index) in means.enumerated() {
      let position = cells.count + place
      suites[index].settle(hypotheses[position].differences, confirmations[position])
    }
  }

  private func hypothesis(of finding: GateFinding) -> GateHypothesis {
    let metric = finding.metric
    let differences =
      finding.cellIdentifier == nil
      ? ledger.suiteDifferences(metric, of: course.cells(judgedBy: metric), in: .confirm)
      : ledger.differences(metric, of: unit(of: finding), in: .confirm)
    return GateHypothesis(differences: differences, margins: finding.margins ?? settings.margins(ofSuite: metric))
  }

  private func unit(of finding: GateFinding) -> GateUnit {
    GateUnit(cellIdentifier: finding.cellIdentifier ?? "", pass: finding.metric.pass)
  }
}

extension GateFinding {
  /// Whether the first stage left it to the second.
  fileprivate func isOpen(_ metric: GateMetric) -> Bool { self.metric == metric && verdict == .inconclusive }
}
