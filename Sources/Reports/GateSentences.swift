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

  /// Whether the findings are worth reading one by one.
  var areFindingsSound: Bool { report.verdict != .invalid && report.verdict != .error }

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
    // The first sessions of a baseline have nothing that they could be held against.
    guard report.findings.contains(where: { $0.verdict.counts }) else { return "nothing was judged" }
    let losses = report.settings.judgedMetrics.map { metric in
      let judged = report.findings.filter { $0.metric == metric && $0.verdict.counts }
      return (words: metric.lossWords(of: Self.common(judged, \.detect)), cellCount: Self.cells(of: judged).count)
    }
    let improvedCount = Self.cells(of: report.findings.filter(\.hasImproved)).count
    let improved = improvedCount > 0 ? "; \(improvedCount) improved" : ""
    if let count = losses.first?.cellCount, losses.allSatisfy({ $0.cellCount == count }) {
      return losses.map(\.words).joined(separator: " and ") + " can be ruled out in \(all(count))" + improved
    }
    return "ruled out are " + losses.map { "\($0.words) in \(all($0.cellCount))" }.joined(separator: ", ")
      + improved
  }

  private var regressClaim: String {
    let clauses = report.settings.judgedMetrics.compactMap { metric -> String? in
      let cells = report.findings.filter { $0.verdict == .regress && $0.metric == metric }
      let suites = report.suites.filter { $0.verdict == .regress && $0.metric == metric }
      guard !cells.isEmpty || !suites.isEmpty else { return nil }
      let subject =
        cells.isEmpty
        ? "the \(suites[0].title)" : ofCells(cells, metric) + (suites.isEmpty ? "" : " and the mean of all")
      return subject + " " + metric.lossWords(beyond: Self.common(cells.isEmpty ? suites : cells, \.tolerate))
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
    return isSingle ? all(1) : "\(Self.cells(of: findings).count) of \(count) cells"
  }

  private var isSingle: Bool { report.settings.judgedCells.count == 1 }

  private func all(_ count: Int) -> String {
    count > 1 ? "all \(count) cells" : isSingle ? "the only cell" : "the only cell that it is judged in"
  }

  private static func cells(of findings: [GateFinding]) -> Set<String> { Set(findings.compactMap(\.cellIdentifier)) }

  /// A margin that all of them have; nil when theirs differ.
  private static func common(_ findings: [GateFinding], _ margin: KeyPath<Margins, Double>) -> Double? {
    let values = Set(findings.compactMap { $0.margins?[keyPath: margin] })
    return values.count == 1 ? values.first : nil
  }
}
