// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Statistics

/// What a gate found, in sentences.
struct GateSentences {
  let report: GateReport

  init(_ report: GateReport) { self.report = report }

  /// The verdict in one sentence, without a full stop: "REGRESS: 2 of 10 cells lost more than 2 % of throughput".
  var headline: String { report.verdict.rawValue + ": " + claim }

  private var claim: String {
    switch report.verdict {
    case .pass: passClaim
    case .regress: regressClaim
    case .inconclusive: inconclusiveClaim
    case .invalid: reasonClaim("this comparison means nothing")
    case .error: reasonClaim("something could not be measured")
    }
  }

  private var passClaim: String {
    let limits = Set(report.judged.compactMap(\.margins?.detect))
    let count = report.settings.judgedCells.count
    let cells = count == 1 ? "the only cell" : "all \(count) cells"
    let loss = limits.count == 1 ? limits.first.map { "a loss of \(NumberFormat.limit($0)) or more" } : nil
    let improved = Self.cells(of: report.findings.filter(\.hasImproved)).count
    return "\(loss ?? "a loss that counts") is ruled out in \(cells)" + (improved > 0 ? "; \(improved) improved" : "")
  }

  private var regressClaim: String {
    var clauses = report.settings.judgedMetrics.compactMap { metric -> String? in
      let regressed = report.findings.filter { $0.verdict == .regress && $0.metric == metric }
      guard !regressed.isEmpty else { return nil }
      return "\(ofCells(regressed, metric)) " + metric.lossWords(beyond: Self.commonTolerance(regressed))
    }
    for suite in report.suites where suite.verdict == .regress {
      let hasCells = report.findings.contains { $0.verdict == .regress && $0.metric == suite.metric }
      clauses.append(
        "the \(suite.title) " + (hasCells ? "as well" : suite.metric.lossWords(beyond: suite.margins?.tolerate)))
    }
    let undecided = Self.cells(of: report.findings.filter { $0.verdict == .inconclusive }).count
    return clauses.joined(separator: ", ") + (undecided > 0 ? "; \(undecided) undecided" : "")
  }

  private var inconclusiveClaim: String {
    let undecided = report.findings.filter { $0.verdict == .inconclusive }
    let subject = undecided.isEmpty ? "the mean over all cells" : ofCells(undecided, nil)
    return "\(subject) can be neither passed nor failed at this noise"
  }

  private func reasonClaim(_ claim: String) -> String {
    guard let reason = report.reasons.first else { return claim }
    let more = report.reasons.count - 1
    return "\(claim): \(reason)" + (more > 0 ? " (and \(more) more)" : "")
  }

  /// "2 of 10 cells", of those that the metric is judged in.
  private func ofCells(_ findings: [GateFinding], _ metric: GateMetric?) -> String {
    let judged = report.findings.filter { $0.verdict.counts && (metric == nil || $0.metric == metric) }
    let count = Self.cells(of: judged).count
    return count == 1 ? "the only cell" : "\(Self.cells(of: findings).count) of \(count) cells"
  }

  private static func cells(of findings: [GateFinding]) -> Set<String> { Set(findings.compactMap(\.cellIdentifier)) }

  private static func commonTolerance(_ findings: [GateFinding]) -> Double? {
    let tolerances = Set(findings.compactMap(\.margins?.tolerate))
    return tolerances.count == 1 ? tolerances.first : nil
  }
}
