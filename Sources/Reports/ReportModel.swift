// SPDX-License-Identifier: MIT

import Comparison
import Results

/// What a page says, found once for all of its parts.
struct ReportModel {
  let results: [ReportResult]
  /// Those of all results, in the order of summaries.
  let cells: [Cell]
  /// Competitors first, result by result, then the floors.
  let arms: [ReportArm]
  let names: ReportNames
  /// What the others of each result are held against; nil for a result without figures.
  let bases: [Arm?]
  /// How they compare, by result; nil where there is nothing to compare.
  let effects: [EffectReport?]
  private var findings: [FindingName: EffectFinding] = [:]

  private struct FindingName: Hashable {
    var metric: Metric
    /// Nil for the mean over all cells.
    var cell: Cell?
    var arm: ReportArm
  }

  /// - Parameter base: Chooses the arm that the others are held against, among the competitors of a result.
  init(_ results: [ReportResult], base choose: ([Arm]) -> Arm?) {
    self.results = results
    cells = Set(results.flatMap(\.rows.cells)).sorted(by: Cell.inSummaries)
    let arms = results.enumerated().flatMap { index, result in
      result.rows.arms.map { ReportArm(result: index, arm: $0) }
    }
    self.arms = arms.filter { !$0.arm.isFloor } + arms.filter(\.arm.isFloor)
    names = ReportNames(
      arms: self.arms, cells: Set(cells + results.flatMap { $0.effects.map(\.cell) }).sorted(by: Cell.inSummaries),
      results: results.map(\.name))
    let bases = results.map { choose($0.rows.compared.competitors) }
    self.bases = bases
    effects = zip(results, bases).map { result, base in
      guard let base else { return nil }
      let pairs = result.rows.arms.filter { !$0.isFloor && $0 != base }
        .map { ComparedArms(base: base, candidate: $0) }
      return pairs.isEmpty ? nil : EffectAnalysis(base: result.rows.compared, arms: pairs).report()
    }
    for (index, report) in effects.enumerated() {
      var cellCounts: [FindingName: (count: Int, last: EffectFinding)] = [:]
      for finding in report?.findings ?? [] {
        let arm = ReportArm(result: index, arm: finding.arms.candidate)
        findings[FindingName(metric: finding.metric, cell: finding.cell, arm: arm)] = finding
        let name = FindingName(metric: finding.metric, cell: nil, arm: arm)
        cellCounts[name] = ((cellCounts[name]?.count ?? 0) + 1, finding)
      }
      for (name, entry) in cellCounts where entry.count == 1 { findings[name] = entry.last }
      for finding in report?.means ?? [] {
        let arm = ReportArm(result: index, arm: finding.arms.candidate)
        findings[FindingName(metric: finding.metric, cell: nil, arm: arm)] = finding
      }
    }
  }

  var competitors: [ReportArm] { arms.filter { !$0.arm.isFloor } }

  /// Nil where the arm did not take part in the cell.
  func series(_ cell: Cell, _ arm: ReportArm) -> ReportSeries? { results[arm.result].rows.series[cell]?[arm.arm] }

  /// The competitors of the results that have the cell at all.
  func competitors(in cell: Cell) -> [ReportArm] {
    competitors.filter { results[$0.result].rows.series[cell] != nil }
  }

  /// The median of the floor in a cell, of the first result that has one.
  func floor(_ metric: Metric, in cell: Cell) -> Double? {
    arms.lazy.filter(\.arm.isFloor).compactMap { series(cell, $0)?.median(metric) }.first
  }

  /// How an arm compares with its result's base in a cell; nil for the base itself.
  func finding(_ metric: Metric, _ cell: Cell, _ arm: ReportArm) -> EffectFinding? {
    findings[FindingName(metric: metric, cell: cell, arm: arm)]
  }

  /// Over all cells that both have; with one cell that cell's.
  func mean(_ metric: Metric, _ arm: ReportArm) -> EffectFinding? {
    findings[FindingName(metric: metric, cell: nil, arm: arm)]
  }

  /// "tcmalloc over 2 of 3": those whose mean is not over all workloads of their result; empty for none.
  func partialMeans(_ metrics: [Metric]) -> String {
    competitors.compactMap { arm -> String? in
      let all = results[arm.result].rows.series.count
      let counts = Set(metrics.compactMap { mean($0, arm)?.cellCount }.filter { $0 < all }).sorted()
      guard !counts.isEmpty else { return nil }
      return "\(names.label(arm)) over \(counts.map { String($0) }.joined(separator: " or ")) of \(all)"
    }.joined(separator: ", ")
  }

  func isBase(_ arm: ReportArm) -> Bool { bases[arm.result] == arm.arm }

  /// The name of the base, or of the bases where results have different ones.
  var baseWords: String {
    let names = bases.compactMap { $0?.words }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return names.joined(separator: " or ")
  }

  /// Whether any row has a value of the metric.
  func has(_ metric: Metric) -> Bool {
    cells.contains { cell in competitors.contains { (series(cell, $0)?.valueCount(metric) ?? 0) > 0 } }
  }
}
