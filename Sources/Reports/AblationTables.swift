// SPDX-License-Identifier: MIT

import Comparison
import Results

/// What an ablation found, for people: a table of what each setting is worth, and two for each workload.
public struct AblationTables {
  private let report: AblationReport
  private let cells: [Cell]

  public init(_ report: AblationReport) {
    self.report = report
    cells = report.cells
  }

  /// The summary and then all workloads, with a heading each.
  ///
  /// - Parameter width: Columns of the terminal; nil for no limit.
  public func render(_ style: TextTable.Style, width: Int? = nil) -> String {
    let parts =
      [heading("what each setting is worth", style) + summary.render(style, width: width)]
      + cells.map { heading(title(of: $0), style) + workload($0, style, width: width) }
    return parts.joined(separator: "\n")
  }

  func title(of cell: Cell) -> String { AblationWords.title(of: cell, among: cells) }

  private func heading(_ text: String, _ style: TextTable.Style) -> String {
    switch style {
    case .plain: text + "\n"
    case .colored: "\u{1b}[1;4m\(text)\u{1b}[0m\n"
    case .markdown: "### \(text)\n\n"
    }
  }

  /// For each setting the workloads on which it moves something, gains and costs; the settings that move most first.
  var summary: TextTable {
    var table = TextTable(
      columns: ["setting", "workload", "gains", "costs"].map { TextTable.Column($0) }, keyColumnCount: 2)
    for subject in report.subjects {
      let all = report.findings.filter { $0.subject == subject }
      var title = subject.words
      for cell in cells {
        let moved = all.filter { $0.cell == cell && $0.isMoved }
        guard !moved.isEmpty else { continue }
        let words = ["gain", "cost"].map { kind in
          moved.filter { $0.kind == kind }.map(\.worth).joined(separator: ", ")
        }
        table.append(([title, self.title(of: cell)] + words).map { TextTable.Entry($0) })
        title = ""
      }
      guard !title.isEmpty else { continue }
      table.append([title, "all", Self.nothing(all), ""].map { TextTable.Entry($0) })
    }
    return table
  }

  /// What can be said of findings none of which is moved: "no difference beyond 8.4 % of speed, 0.3 % of memory".
  private static func nothing(_ findings: [AblationFinding]) -> String {
    let limits = [(Pass.time, "speed"), (.memory, "memory")].compactMap { pass, noun -> String? in
      let limits = findings.filter { $0.metric.pass == pass }.compactMap(\.largestPossibleDifference)
      return limits.max().map { "\(AblationWords.limit($0)) of \(noun)" }
    }
    return limits.isEmpty ? "too few rounds to tell" : "no difference beyond " + limits.joined(separator: ", ")
  }

  /// What moves something on a workload, the largest first, and how little the rest can move.
  func workload(_ cell: Cell, _ style: TextTable.Style, width: Int? = nil) -> String {
    let findings = report.findings.filter { $0.cell == cell }
    let moved = findings.filter(\.isMoved)
    let gap = style == .markdown ? "\n" : ""
    var text = sentence(findings) + "\n" + gap
    if !moved.isEmpty { text += table(of: moved).render(style, width: width) + gap }
    if moved.count < findings.count {
      text += "no difference beyond:\n" + gap + limits(findings).render(style, width: width)
    }
    return text
  }

  private func sentence(_ findings: [AblationFinding]) -> String {
    let subjects = Array(Set(findings.map(\.subject)))
    let moving = Set(findings.filter(\.isMoved).map(\.subject)).count
    let all = AblationWords.count(subjects.count, AblationWords.noun(subjects))
    let rounds = [Pass.time, .memory].compactMap { pass -> String? in
      let counts = findings.filter { $0.metric.pass == pass }.map(\.figure.roundCount)
      guard let least = counts.min(), let most = counts.max() else { return nil }
      return "\(pass.rawValue) by "
        + (least == most ? AblationWords.count(least, "round") : "\(least) to \(most) rounds")
    }
    return "\(moving) of \(all) move something; " + rounds.joined(separator: ", ")
  }

  private func table(of findings: [AblationFinding]) -> TextTable {
    let showsMedians = findings.contains { $0.figure.baseMedian != nil }
    var table = TextTable(
      columns: [
        .init("setting"), .init("is worth (95 % interval)"), .init("gain or cost"), .init("p", .right),
        .init("adjusted p", .right),
      ] + (showsMedians ? [.init("with", .right), .init("without", .right)] : []))
    for finding in findings {
      let figure = finding.figure
      let medians = [figure.candidateMedian, figure.baseMedian].map(finding.shown)
      let entries = [
        finding.subject.words, finding.worthWithInterval, finding.kind,
        AblationFinding.probability(figure.probability), AblationFinding.probability(figure.adjustedProbability),
      ]
      table.append((entries + (showsMedians ? medians : [])).map { TextTable.Entry($0) })
    }
    return table
  }

  /// A row for each setting that does not move everything; what is moved is in the table above.
  private func limits(_ findings: [AblationFinding]) -> TextTable {
    let metrics = report.metrics
    var table = TextTable(
      columns: [.init("setting")] + metrics.map { .init(AblationWords.title(of: $0), .right) })
    for subject in report.subjects {
      let own = findings.filter { $0.subject == subject }
      guard own.contains(where: { !$0.isMoved }) else { continue }
      let entries = metrics.map { metric -> String in
        guard let finding = own.first(where: { $0.metric == metric }) else { return "–" }
        return finding.isMoved ? finding.kind : finding.limit ?? "too few rounds"
      }
      table.append(([subject.words] + entries).map { TextTable.Entry($0) })
    }
    return table
  }
}
