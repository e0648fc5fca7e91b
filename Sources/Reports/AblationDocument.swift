// SPDX-License-Identifier: MIT

import Comparison
import Results

/// An ablation as a page of Markdown: what was measured, what each setting is worth, and every workload.
public struct AblationDocument {
  private let report: AblationReport
  private let rows: AblationRows
  private let base: String
  private let command: String
  private let tables: AblationTables

  /// - Parameters:
  ///   - base: The profile that everything is held against.
  ///   - command: What was typed to measure it.
  public init(_ report: AblationReport, _ rows: AblationRows, base: String, command: String) {
    (self.report, self.rows, self.base, self.command) = (report, rows, base, command)
    tables = AblationTables(report)
  }

  public func render() -> String {
    let parts = [
      "# What ACE's settings are worth\n\n" + reading,
      "## Summary\n\n" + overview + "\n" + tables.summary.render(.markdown),
    ]
    let cells = report.cells.map { cell in
      let parameters = cell.parameters.isEmpty ? "" : "`\(cell.parameters)`\n\n"
      return "## \(tables.title(of: cell).markdownEscaped)\n\n" + parameters + tables.workload(cell, .markdown)
    }
    return (parts + cells + failures).joined(separator: "\n")
  }

  private var reading: String {
    let margin = NumberFormat.limit(report.rule.margin)
    let significance = report.rule.significance
    let figures = AblationWords.count(report.findings.count, "figure")
    return """
      Made by

      \(command.markdownCodeBlock.joined(separator: "\n"))

      \(machine)

      \(design) Each is the centre of the rounds' ratios with its 95 % interval (Hodges and Lehmann); p is that of \
      Wilcoxon's signed-rank test, adjusted for all \(figures) on this page (Benjamini and Hochberg). A gain or a cost has \
      an adjusted p of at most \(significance) and reaches beyond \(margin). Everything else is told as what it cannot \
      be: no difference beyond so much. One MiB is added to peak memory and to memory kept before they are compared, so \
      that a few pages of a small heap are no large share. [measuring.md](measuring.md) says what the figures are.

      """
  }

  /// What was held against what.
  private var design: String {
    guard AblationWords.noun(report.subjects) == "effect" else {
      return
        "ACE in the profile `\(base)` is held against ACE with one setting changed. A figure says what the setting is "
        + "worth: with it, less without it."
    }
    return
      "Every combination of the settings was measured, the others as in the profile `\(base)`. A figure of a setting "
      + "says what it is worth on the mean over the combinations of the others: with it, less without it. A figure of "
      + "two together says how much more the one is worth with the other than without."
  }

  private var machine: String {
    guard let environment = rows.environment else { return "" }
    let days = rows.firstDay == rows.lastDay ? rows.firstDay : "\(rows.firstDay) to \(rows.lastDay)"
    let builds = rows.rows.arms.reduce(into: [String]()) { builds, arm in
      guard let library = rows.rows.library(of: arm), !library.sha256.isEmpty else { return }
      let text = "\(arm.allocator) is `\(library.sha256.prefix(12))`"
      if !builds.contains(text) { builds.append(text) }
    }
    let commit = environment.harnessCommit.isEmpty ? "" : ", commit \(environment.harnessCommit)"
    return
      "Measured \(days) on \(environment.processorModel), \(AblationWords.count(Int(environment.coreCount), "core")), "
      + "Linux \(environment.kernel), \(environment.libc), huge pages \(environment.transparentHugePages); "
      + "acebench \(environment.harnessVersion)\(commit); \(builds.joined(separator: ", "))."
  }

  /// How many settings move anything, which do not, and which have a cost.
  private var overview: String {
    let subjects = report.subjects
    func has(_ subject: AblationSubject, _ verdict: EffectVerdict) -> Bool {
      report.findings.contains { $0.subject == subject && $0.figure.verdict == verdict }
    }
    let moving = subjects.filter { has($0, .better) || has($0, .worse) }
    let costly = subjects.filter { has($0, .worse) }
    let still = subjects.filter { !moving.contains($0) }
    let all = AblationWords.count(subjects.count, AblationWords.noun(subjects))
    let workloads = AblationWords.count(report.cells.count, "workload")
    var sentences = ["\(moving.count) of \(all) move something on at least one of \(workloads)."]
    if !costly.isEmpty { sentences.append("With a cost on some workload: \(Self.list(costly)).") }
    if !still.isEmpty { sentences.append("Nothing was seen of \(Self.list(still)).") }
    return sentences.map { "- \($0)\n" }.joined()
  }

  private static func list(_ subjects: [AblationSubject]) -> String { subjects.map(\.words).joined(separator: "; ") }

  private var failures: [String] {
    let failures = rows.failures
    guard !failures.isEmpty else { return [] }
    let lines = failures.map { failure in
      "- \(failure.arm.words) on \(failure.cell.workload), \(failure.pass.rawValue) pass: "
        + "\(AblationWords.count(failure.roundCount, "round")), \(failure.outcome.words)\n"
    }
    return ["## What did not finish\n\n" + lines.joined()]
  }
}
