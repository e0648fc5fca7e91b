// SPDX-License-Identifier: MIT

import Results

/// Turns the rounds of a gate into its report.
public struct GateJudge: Sendable {
  let settings: GateSettings
  let evidence: GateEvidence

  /// A control that differs from its twin by chance fails no more than one gate in 200.
  static let controlSignificance = 0.005

  public init(_ settings: GateSettings, _ evidence: GateEvidence) {
    self.settings = settings
    self.evidence = evidence
  }

  public func report() -> GateReport {
    var report = GateReport(verdict: .pass, facts: evidence.facts, settings: settings)
    let decision = GateDecision(settings, evidence.ledger)
    report.findings = decision.findings
    report.suites = decision.suites
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
}
