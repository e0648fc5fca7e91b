// SPDX-License-Identifier: MIT

import Comparison
import Results

/// The first part of a page: who is faster and leaner, over all workloads.
struct ReportSummary {
  let model: ReportModel

  func section() -> ReportSection {
    var section = ReportSection("summary", "Summary")
    let words = ReportWords(model: model)
    for (index, result) in model.results.enumerated() {
      for fault in model.effects[index]?.faults ?? [] {
        let name = model.results.count > 1 ? result.name + ": " : ""
        section.paragraph(
          "\(name)no ratios: \(fault.words(base: result.name, candidate: result.name)).", "warning")
      }
    }
    // What an ablation says of its settings is a part of its own.
    if model.results.contains(where: \.hasEffects) {
      section.paragraph("What each setting is worth is under Ablation; here its arms are held against the base.")
    }
    guard metrics.contains(where: { metric in compared.contains { model.mean(metric, $0) != nil } }) else {
      if model.competitors.count < 2 { section.paragraph("One allocator was measured: there is nothing to compare.") }
      return section
    }
    if compared.count <= Self.mostSentences { section.list(sentences) }
    section.table(table)
    let partial = model.partialMeans(metrics)
    if !partial.isEmpty {
      section.paragraph(
        "Some means are not over all workloads, for something failed or was not run: \(partial).", "warning")
    }
    section.paragraph(
      "Geometric means over workloads of the ratio to \(model.baseWords), with 95 % intervals. Behind each: on how many "
        + "workloads it is better +, the same =, unclear ? and worse −. It is better or worse where the interval leaves out 1 "
        + "and p, adjusted for all workloads (Benjamini and Hochberg), is at most 0.05; the same where the interval lies "
        + "within 2 %. " + words.ratios, "caption")
    return section
  }

  private var metrics: [Metric] { ReportMetrics.compared.filter(model.has) }
  private var compared: [ReportArm] { model.competitors.filter { !model.isBase($0) } }

  /// "ace ran 2.31 (2.28 to 2.35) times faster than system".
  private var sentences: [String] {
    let names = model.names
    return compared.compactMap { arm -> String? in
      guard let base = model.bases[arm.result].map({ names.label(ReportArm(result: arm.result, arm: $0)) }) else {
        return nil
      }
      let parts = [Metric.throughput, .residentPeak].compactMap { metric in
        model.mean(metric, arm).map { finding in
          // That there are too few rounds for intervals is said once, below.
          EffectTables.sentence(finding, names.label(arm), base).replacing(StatedRatio(finding).remark, with: "")
        }
      }
      return parts.isEmpty
        ? nil : parts.joined(separator: "; it ").replacing("; it \(names.label(arm)) used", with: "; it used") + "."
    }
  }

  /// More would be no summary.
  private static let mostSentences = 8

  private var table: HTMLTable {
    var table = HTMLTable(
      columns: [.init(title: "allocator")]
        + metrics.flatMap { metric in
          [
            HTMLTable.Column(
              title: ReportMetrics.title(metric), isNumber: true,
              explanation: "\(metric.column), \(metric.direction.rawValue) is better. \(metric.formula)"),
            HTMLTable.Column(
              title: "+ = ? −", isNumber: true,
              explanation: "workloads on which it is better, the same, unclear and worse"),
          ]
        })
    for arm in model.competitors {
      let style = model.names.style(arm)
      let name = HTMLTable.Entry(markup: ReportPage.key(style, model.names.label(arm)))
      guard !model.isBase(arm) else {
        let base = metrics.flatMap { _ in [HTMLTable.Entry("1 (base)", "soft", order: 1), HTMLTable.Entry("")] }
        table.append([name] + base, "series \(style.classes)")
        continue
      }
      table.append([name] + metrics.flatMap { entries($0, arm) }, "series \(style.classes)")
    }
    return table
  }

  private func entries(_ metric: Metric, _ arm: ReportArm) -> [HTMLTable.Entry] {
    guard let mean = model.mean(metric, arm) else { return [HTMLTable.Entry("–", "soft"), HTMLTable.Entry("")] }
    let counts = [EffectVerdict.better, .same, .unclear, .worse].map { verdict in
      model.cells.count { model.finding(metric, $0, arm)?.verdict == verdict }
    }
    let isBetter = mean.interval.map { !$0.contains(1) } ?? false
    let isGain = (mean.ratio > 1) == (metric.direction == .higherIsBetter)
    let classes = isBetter ? (isGain ? "gain" : "cost") : ""
    return [
      HTMLTable.Entry(ReportWords.ratio(mean), classes, order: mean.ratio),
      HTMLTable.Entry(counts.map { String($0) }.joined(separator: " · "), "soft", order: Double(counts[0])),
    ]
  }
}
