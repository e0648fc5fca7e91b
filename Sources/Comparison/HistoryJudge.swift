// SPDX-License-Identifier: MIT

import Results
import Statistics

/// Holds a gate's session against the sessions of a stored baseline: how the head did beside its reference, against how
/// heads did beside the same reference before. It goes by the rounds of the first stage.
public struct HistoryJudge: Sendable {
  let settings: GateSettings
  let evidence: GateEvidence
  let identity: GateIdentity
  let history: GateHistory
  let isRecording: Bool
  let judge: GateJudge
  /// The stored sessions that the session may be held against.
  let earlier: [GateSession]
  /// What the session measured.
  let figures: [GateSessionFigure]

  /// - Parameter isRecording: Whether the session shall become part of the baseline. A baseline that is too short for a
  ///   verdict is then no fault, and what it cannot judge is only reported.
  public init(
    _ settings: GateSettings, _ evidence: GateEvidence, history: GateHistory, identity: GateIdentity,
    isRecording: Bool = false
  ) {
    self.settings = settings
    self.evidence = evidence
    self.history = history
    self.identity = identity
    self.isRecording = isRecording
    judge = GateJudge(settings, evidence)
    earlier = history.sessions(comparableTo: identity, without: evidence.facts.sessionIdentifier)
    figures = Self.figures(settings, evidence.ledger)
  }

  public func report() -> GateReport {
    var report = GateReport(verdict: .pass, facts: evidence.facts, settings: settings)
    report.controls = judge.controls()
    report.slotEffects = judge.slotEffects()
    // Before there are findings: what it says of them is about the other kind of gate.
    report.warnings = judge.warnings(report)
    report.findings = settings.cells.flatMap { cell in
      cell.units.flatMap { unit in settings.metrics(of: unit).map { finding($0, cell, unit) } }
    }
    report.suites = settings.judgedMetrics.compactMap(suite)
    for metric in settings.judgedMetrics { decide(metric, in: &report) }
    let faults = sessionFaults(report.controls) + historyFaults(report)
    report.reasons = faults.map(\.words)
    report.warnings += historyWarnings(report)
    let verdicts = isRecording && report.judged.isEmpty ? [] : [GateJudge.verdict(of: report.judged)]
    report.verdict = .combined(faults.map(\.verdict) + verdicts + (isRecording ? [.pass] : []))
    return report
  }

  // MARK: Findings

  private func finding(_ metric: GateMetric, _ cell: GateCell, _ unit: GateUnit) -> GateFinding {
    let differences = evidence.ledger.differences(metric, of: unit, in: .screen)
    var finding = GateFinding(
      identifier: cell.identifier, title: cell.title, metric, differences, stage: .screen, margins: cell.metrics[metric]
    )
    finding.addMedians(of: evidence.ledger.rounds(of: unit, in: .screen))
    finding.compare(with: earlierEstimates(metric, cells: [cell]))
    if cell.metrics[metric] == nil {
      finding.verdict = .reported
    } else if let ignore = cell.ignore {
      finding.verdict = .ignored
      finding.ignoreReason = ignore.reason
    } else {
      finding.verdict = openVerdict(finding)
    }
    return finding
  }

  private func suite(_ metric: GateMetric) -> GateFinding? {
    let cells = GateCourse(settings).cells(judgedBy: metric)
    guard cells.count > 1 else { return nil }
    var finding = GateFinding(
      identifier: nil, title: "mean of \(cells.count) cells", metric,
      evidence.ledger.suiteDifferences(metric, of: cells, in: .screen), stage: .screen,
      margins: settings.margins(ofSuite: metric))
    // Sessions have no rounds in common: what is compared is the mean of the cells' estimates.
    finding.ratio = meanEstimate(metric, cells, of: figures).map { metric.ratio(of: $0) }
    finding.compare(with: earlierEstimates(metric, cells: cells))
    finding.verdict = openVerdict(finding)
    return finding
  }

  /// Of a finding that counts, before it is decided. With too few rounds there is nothing to record either.
  private func openVerdict(_ finding: GateFinding) -> FindingVerdict {
    isRecording && finding.isShort && finding.roundCount >= settings.screen.minimum ? .reported : .inconclusive
  }

  /// Judges cells and mean of a metric together.
  private func decide(_ metric: GateMetric, in report: inout GateReport) {
    let cells = report.findings.indices.filter { report.findings[$0].isUndecided(metric) }
    let suites = report.suites.indices.filter { report.suites[$0].isUndecided(metric) }
    let judgements = HistoryRule.judge(
      cells.map { hypothesis(of: report.findings[$0]) } + suites.map { hypothesis(of: report.suites[$0]) },
      significance: settings.significance)
    for (judgement, index) in zip(judgements, cells) { report.findings[index].settle(judgement) }
    for (judgement, index) in zip(judgements.dropFirst(cells.count), suites) { report.suites[index].settle(judgement) }
  }

  private func hypothesis(of finding: GateFinding) -> HistoryHypothesis {
    let cells = cells(of: finding)
    let estimate = meanEstimate(finding.metric, cells, of: figures)
    let isEnough = estimate != nil && finding.roundCount >= settings.screen.minimum
    return HistoryHypothesis(
      estimate: estimate ?? 0, earlier: isEnough ? earlierEstimates(finding.metric, cells: cells) : [],
      margins: finding.margins ?? settings.margins(ofSuite: finding.metric))
  }

  private func cells(of finding: GateFinding) -> [GateCell] {
    guard let identifier = finding.cellIdentifier else { return GateCourse(settings).cells(judgedBy: finding.metric) }
    return settings.cells.filter { $0.identifier == identifier }
  }

  /// One for each session that has the metric in all cells.
  private func earlierEstimates(_ metric: GateMetric, cells: [GateCell]) -> [Double] {
    earlier.compactMap { meanEstimate(metric, cells, of: $0.figures) }
  }

  private func meanEstimate(_ metric: GateMetric, _ cells: [GateCell], of figures: [GateSessionFigure]) -> Double? {
    let estimates = cells.compactMap { cell in
      figures.first { $0.cellIdentifier == cell.identifier && $0.metric == metric }?.estimate
    }
    guard !cells.isEmpty, estimates.count == cells.count else { return nil }
    return estimates.reduce(0, +) / Double(cells.count)
  }
}
