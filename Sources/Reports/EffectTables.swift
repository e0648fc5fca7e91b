// SPDX-License-Identifier: MIT

import Comparison
import Results

/// What a comparison found, for people: a table for each metric, and below it sentences that sum it up.
public struct EffectTables {
  private let report: EffectReport
  private let cells: [Cell]
  private let arms: [ComparedArms]
  private static let missing = "–"
  /// Nobody runs more than this: so many are told as such.
  private static let mostAdvisedRounds = 1000

  public init(_ report: EffectReport) {
    self.report = report
    cells = Array(Set(report.findings.compactMap(\.cell)))
    arms = Array(Set(report.findings.map(\.arms)))
  }

  /// All tables with a heading each.
  ///
  /// - Parameter width: Columns of the terminal; nil for no limit.
  public func render(_ style: TextTable.Style, width: Int? = nil) -> String {
    let separator = style == .markdown ? "\n" : ""
    return report.metrics.map { metric in
      let findings = report.findings.filter { $0.metric == metric }
      let means = report.means.filter { $0.metric == metric }
      let item = style == .markdown ? "- " : ""
      let sentences = sentences(findings, means).map { "\(item)\($0)\n" }.joined()
      return heading(metric, findings, style) + separator
        + table(metric, findings, means).render(style, width: width) + separator + sentences
    }.joined(separator: "\n")
  }

  private func heading(_ metric: Metric, _ findings: [EffectFinding], _ style: TextTable.Style) -> String {
    let counts = findings.map(\.roundCount)
    let least = counts.min() ?? 0
    let most = counts.max() ?? 0
    let rounds = least == most ? (least == 1 ? "1 round" : "\(least) rounds") : "\(least) to \(most) rounds"
    let text = "\(metric.column), \(metric.direction.rawValue) is better, \(rounds)"
    return switch style {
    case .plain: text + "\n"
    case .colored: "\u{1b}[1;4m\(text)\u{1b}[0m\n"
    case .markdown: "### \(text)\n"
    }
  }

  private func table(_ metric: Metric, _ findings: [EffectFinding], _ means: [EffectFinding]) -> TextTable {
    let names = ComparedCellNames(cells)
    let showsArms = arms.count > 1
    let isOwnPair = arms.count == 1 && arms[0].base != arms[0].candidate
    let titles = isOwnPair ? (arms[0].base.words, arms[0].candidate.words) : ("base", "candidate")
    let keys = names.columns + (showsArms ? [TextTable.Column("allocator")] : [])
    var table = TextTable(
      columns: keys + [
        TextTable.Column(titles.0, .right), TextTable.Column(titles.1, .right),
        TextTable.Column("ratio (95 % interval)"),
        TextTable.Column("adjusted p", .right), TextTable.Column("verdict"),
      ], keyColumnCount: keys.count)
    for finding in findings {
      guard let cell = finding.cell else { continue }
      table.append(names.entries(cell) + armEntries(finding, showsArms) + figures(metric, finding))
    }
    for mean in means {
      let title = names.entries(title: "geometric mean of \(mean.cellCount)")
      table.append(title + armEntries(mean, showsArms) + figures(metric, mean))
    }
    return table
  }

  private func armEntries(_ finding: EffectFinding, _ areShown: Bool) -> [TextTable.Entry] {
    areShown ? [TextTable.Entry(Self.words(finding.arms))] : []
  }

  /// The better median of a clear difference is marked.
  private func figures(_ metric: Metric, _ finding: EffectFinding) -> [TextTable.Entry] {
    func median(_ value: Double?, isBest: Bool) -> TextTable.Entry {
      TextTable.Entry(value.map { NumberFormat.text($0, unit: metric.unit) } ?? "", isBest: isBest && value != nil)
    }
    return [
      median(finding.baseMedian, isBest: finding.verdict == .worse),
      median(finding.candidateMedian, isBest: finding.verdict == .better),
      TextTable.Entry(StatedRatio(finding).text),
      TextTable.Entry(finding.adjustedProbability.map(Self.probability) ?? Self.missing),
      TextTable.Entry(Self.verdict(finding)),
    ]
  }

  private static func probability(_ value: Double) -> String {
    value < 0.0001 ? "< 0.0001" : NumberFormat.fixed(value, decimals: 4)
  }

  private static func verdict(_ finding: EffectFinding) -> String {
    guard finding.verdict == .unclear, let count = finding.roundsNeeded else { return finding.verdict.rawValue }
    return count > mostAdvisedRounds ? "unclear: over \(mostAdvisedRounds) rounds" : "unclear: try \(count) rounds"
  }

  /// One for each pair of arms: the mean, or the only cell, and how many verdicts of each kind there are.
  private func sentences(_ findings: [EffectFinding], _ means: [EffectFinding]) -> [String] {
    arms.sorted { Self.words($0) < Self.words($1) }.compactMap { pair in
      let findings = findings.filter { $0.arms == pair }
      guard let first = findings.first else { return nil }
      let prefix = arms.count > 1 ? Self.words(pair) + ": " : ""
      guard report.isValid else { return nil }
      guard findings.count > 1 else { return prefix + Self.sentence(first) }
      let counts = EffectVerdict.allCases.compactMap { verdict -> String? in
        let count = findings.count { $0.verdict == verdict }
        return count == 0 ? nil : "\(count) \(verdict.rawValue)"
      }
      let mean = means.first { $0.arms == pair }.map { ", \(Self.sentence($0));" } ?? ":"
      return "\(prefix)over \(findings.count) cells\(mean) \(counts.joined(separator: ", "))"
    }
  }

  private static func sentence(_ finding: EffectFinding) -> String {
    let isSameArm = finding.arms.base == finding.arms.candidate
    return sentence(
      finding, isSameArm ? "candidate" : finding.arms.candidate.words, isSameArm ? "base" : finding.arms.base.words)
  }

  /// What was found, with names for both sides: "candidate ran 1.03 (1.02 to 1.05) times faster than base".
  public static func sentence(_ finding: EffectFinding, _ candidate: String, _ base: String) -> String {
    RatioSentence.text(finding.metric, StatedRatio(finding), candidate, base)
  }

  private static func words(_ arms: ComparedArms) -> String {
    arms.base == arms.candidate ? arms.candidate.words : "\(arms.candidate.words) to \(arms.base.words)"
  }
}
