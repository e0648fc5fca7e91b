// SPDX-License-Identifier: MIT

import Results
import Statistics

/// Turns the rounds of a gate into its report.
public struct GateJudge: Sendable {
  let settings: GateSettings
  let evidence: GateEvidence
  private let course: GateCourse

  /// A control that differs from its twin by chance fails no more than one gate in 200.
  static let controlSignificance = 0.005

  public init(_ settings: GateSettings, _ evidence: GateEvidence) {
    self.settings = settings
    self.evidence = evidence
    course = GateCourse(settings)
  }

  public func report() -> GateReport {
    var report = GateReport(verdict: .pass, facts: evidence.facts, settings: settings)
    report.findings = settings.cells.flatMap { cell in
      cell.units.flatMap { unit in settings.metrics(of: unit).compactMap { screened($0, cell, unit) } }
    }
    report.suites = settings.judgedMetrics.compactMap(screenedSuite)
    for metric in settings.judgedMetrics { confirm(metric, in: &report) }
    report.controls = controls()
    report.slotEffects = slotEffects()
    var faults = evidence.faults()
    faults += report.controls.filter { !$0.hasHeld }.map { .failedControl($0.role) }
    report.reasons = faults.map(\.words)
    report.warnings = warnings(report)
    report.verdict = .combined(faults.map(\.verdict) + [Self.verdict(of: report.judged)])
    return report
  }

  /// The verdict of what counts; of nothing it is an error, for a gate that looks at nothing must not pass.
  static func verdict(of findings: [GateFinding]) -> GateVerdict {
    .combined(
      findings.map { finding in
        switch finding.verdict {
        case .regress: .regress
        case .inconclusive: .inconclusive
        case .pass, .ignored, .reported: .pass
        }
      })
  }

  // MARK: The first stage

  private func screened(_ metric: GateMetric, _ cell: GateCell, _ unit: GateUnit) -> GateFinding? {
    let differences = evidence.ledger.differences(metric, of: unit, in: .screen)
    var finding = GateFinding(
      identifier: cell.identifier, title: cell.title, metric, differences, stage: .screen, margins: cell.metrics[metric]
    )
    finding.addMedians(of: evidence.ledger.rounds(of: unit, in: .screen))
    if cell.metrics[metric] == nil {
      finding.verdict = .reported
    } else if let ignore = cell.ignore {
      finding.verdict = .ignored
      finding.ignoreReason = ignore.reason
    } else {
      finding.verdict = course.needsConfirmation(metric, of: unit, evidence.ledger) ? .inconclusive : .pass
    }
    return finding
  }

  private func screenedSuite(_ metric: GateMetric) -> GateFinding? {
    let cells = course.cells(judgedBy: metric)
    guard cells.count > 1 else { return nil }
    var finding = GateFinding(
      identifier: nil, title: "mean of \(cells.count) cells", metric,
      evidence.ledger.suiteDifferences(metric, of: cells, in: .screen), stage: .screen,
      margins: settings.margins(ofSuite: metric))
    finding.verdict = course.suiteNeedsConfirmation(metric, evidence.ledger) ? .inconclusive : .pass
    return finding
  }

  // MARK: The second stage

  /// Judges what the first stage left open, cells and mean together, by the second stage's rounds alone.
  private func confirm(_ metric: GateMetric, in report: inout GateReport) {
    let cells = report.findings.indices.filter { report.findings[$0].isOpen(metric) }
    let suites = report.suites.indices.filter { report.suites[$0].isOpen(metric) }
    let hypotheses =
      cells.map { hypothesis(of: report.findings[$0]) } + suites.map { hypothesis(of: report.suites[$0]) }
    let confirmations = GateRule.confirm(
      hypotheses, limits: settings.confirm, significance: settings.significance)
    for (place, index) in cells.enumerated() {
      report.findings[index].settle(hypotheses[place].differences, confirmations[place])
      report.findings[index].addMedians(of: evidence.ledger.rounds(of: unit(of: report.findings[index]), in: .confirm))
    }
    for (place, index) in suites.enumerated() {
      let position = cells.count + place
      report.suites[index].settle(hypotheses[position].differences, confirmations[position])
    }
  }

  private func hypothesis(of finding: GateFinding) -> GateHypothesis {
    let metric = finding.metric
    let ledger = evidence.ledger
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
