// SPDX-License-Identifier: MIT

import Results

/// What each setting is worth, as `acebench ablate` found it.
struct ReportAblation {
  let model: ReportModel
  private static let mostRows = 40

  func section() -> ReportSection {
    var section = ReportSection("ablation", "Ablation")
    let ablated = model.results.filter(\.hasEffects)
    guard !ablated.isEmpty else {
      section.absence(
        "There is no effects.csv beside the rows. What each of ACE's settings is worth is measured by:",
        command: "acebench ablate WORKLOAD -o FOLDER")
      return section
    }
    for result in ablated {
      if ablated.count > 1 { section.heading(result.name) }
      add(result, &section)
    }
    return section
  }

  private func add(_ result: ReportResult, _ section: inout ReportSection) {
    let measured = self.measured(result)
    let moved = result.effects.filter(\.isMoved).sorted { Self.size($0) > Self.size($1) }
    if !moved.isEmpty {
      let rows = moved.prefix(Self.mostRows).map { effect in
        PlotEffects.Row(
          name: effect.setting, detail: "\(ReportMetrics.title(effect.metric)) · \(name(effect.cell))",
          ratio: effect.ratio, interval: effect.interval, isGain: effect.verdict == "gain", title: title(effect))
      }
      let more =
        moved.count > rows.count ? " The \(rows.count) largest of \(moved.count) are drawn; the tables have all." : ""
      section.figure(
        PlotEffects(rows: rows).figure(
          name: "ablation" + (model.results.count > 1 ? "-" + result.name.slug : ""),
          title: "What settings are worth, the largest effects first"),
        caption:
          "What settings surely move, the largest first: a figure with the setting divided by the figure without it, "
          + "gains as dots and costs as diamonds, whiskers 95 % intervals.\(more)",
        measured: measured)
    }
    for metric in metrics(result) { section.table(table(metric, result)) }
    section.paragraph(
      "By setting and workload, with the setting against without it. What is coloured is a gain or a cost beyond doubt and "
        + "beyond the ablation's margin; a dot stands for no difference or an unclear one, with the interval under a "
        + "pointer. How this was measured: \(measured)", "caption")
  }

  private func name(_ cell: Cell) -> String { model.names.words(cell) }

  private func metrics(_ result: ReportResult) -> [Metric] {
    let found = Set(result.effects.map(\.metric))
    return Metric.allCases.filter(found.contains)
  }

  private func table(_ metric: Metric, _ result: ReportResult) -> HTMLTable {
    let effects = result.effects.filter { $0.metric == metric }
    let cells = Set(effects.map(\.cell)).sorted(by: Self.inOrder)
    let settings = effects.reduce(into: [String: Double]()) { sizes, effect in
      sizes[effect.setting] = max(sizes[effect.setting] ?? 0, effect.isMoved ? Self.size(effect) : 0)
    }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    let byPlace = Dictionary(effects.map { (Place(setting: $0.setting, cell: $0.cell), $0) }) { first, _ in first }
    var table = HTMLTable(
      caption: "\(ReportMetrics.title(metric)), \(metric.direction.rawValue) is better",
      columns: [.init(title: "setting")]
        + cells.map { .init(title: model.names.name($0), isNumber: true, explanation: name($0)) })
    for setting in settings {
      let entries = cells.map { cell -> HTMLTable.Entry in
        guard let effect = byPlace[Place(setting: setting, cell: cell)] else { return HTMLTable.Entry("–", "soft") }
        let note = "<span title=\"\(title(effect).markup)\">"
        guard effect.isMoved else { return HTMLTable.Entry(markup: note + "·</span>", "soft", order: 0) }
        return HTMLTable.Entry(
          markup: note + PlotEffects.change(effect.ratio).markup + "</span>", effect.verdict + " filled",
          order: effect.ratio - 1)
      }
      table.append([HTMLTable.Entry(setting)] + entries)
    }
    return table
  }

  private struct Place: Hashable {
    var setting: String
    var cell: Cell
  }

  private func title(_ effect: ReportEffect) -> String {
    let interval = effect.interval.map {
      " (\(PlotEffects.change($0.lowerBound)) to \(PlotEffects.change($0.upperBound)))"
    }
    let p = effect.adjustedProbability.map { ", adjusted p \(NumberFormat.probability($0))" } ?? ""
    return "\(effect.setting)\n\(name(effect.cell))\n\(ReportMetrics.title(effect.metric)): "
      + "\(PlotEffects.change(effect.ratio))\(interval ?? ""), \(AblationWords.count(effect.roundCount, "round"))\(p)"
  }

  private func measured(_ result: ReportResult) -> String {
    let rounds = result.effects.map(\.roundCount)
    let count = "\(rounds.min() ?? 0) to \(rounds.max() ?? 0) rounds"
    let facts = result.rows.facts
    let place = [facts.days, facts.machines, facts.harnesses].filter { !$0.isEmpty }.joined(separator: "; ")
    return
      "\(ReportResult.effectsName) of acebench ablate, \(count) in random order, each process fresh; centres of rounds' "
      + "ratios (Hodges-Lehmann), p of Wilcoxon's signed-rank test adjusted for all of them (Benjamini and Hochberg); one "
      + "MiB is added to sizes before they are compared\(place.isEmpty ? "" : "; " + place)."
  }

  /// How far it moves the figure, halves and doubles alike.
  private static func size(_ effect: ReportEffect) -> Double { max(effect.ratio, 1 / effect.ratio) }

  private static func inOrder(_ first: Cell, _ second: Cell) -> Bool { Cell.inSummaries(first, second) }
}
