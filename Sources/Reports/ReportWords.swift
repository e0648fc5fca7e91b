// SPDX-License-Identifier: MIT

import Comparison
import Results
import Statistics

/// What a page says of how its figures were measured.
struct ReportWords {
  let model: ReportModel

  /// "time pass, 20 rounds of fresh processes, touch page, dlopen; AMD EPYC, 2 cores, Linux 6.18; acebench 0.1.0".
  func measured(_ passes: Pass...) -> String {
    let results = model.results.filter { result in
      result.rows.series.values.contains { $0.values.contains { series in passes.contains { has(series, $0) } } }
    }
    return results.map { result in
      let facts = result.rows.facts
      let touch = facts.touches.map(\.rawValue).sorted().joined(separator: ", ")
      let load = facts.loads.filter { $0 != .builtin }.map(\.rawValue).sorted().joined(separator: ", ")
      let name = model.results.count > 1 ? result.name + ": " : ""
      return name
        + [
          passes.map { "\($0.rawValue) pass, \(rounds(result, $0))" }.joined(separator: "; "),
          "each process fresh, touch \(touch)" + (load.isEmpty ? "" : ", loaded by \(load)"), facts.days,
          facts.machines, facts.harnesses,
        ].filter { !$0.isEmpty }.joined(separator: "; ")
    }.joined(separator: ". ") + "."
  }

  private func has(_ series: ReportSeries, _ pass: Pass) -> Bool { series.roundCounts[pass] != nil }

  /// "20 rounds", "3 to 20 rounds".
  private func rounds(_ result: ReportResult, _ pass: Pass) -> String {
    let counts = result.rows.series.values.flatMap { $0.values.compactMap { $0.roundCounts[pass] } }
    guard let least = counts.min(), let most = counts.max() else { return "no rounds" }
    return least == most ? AblationWords.count(least, "round") : "\(least) to \(most) rounds"
  }

  /// What whiskers are, as far as the figures of a metric have them.
  func whiskers(_ metrics: [Metric]) -> String {
    let counts = Set(
      model.cells.flatMap { cell in
        model.competitors.flatMap { arm in
          metrics.map { model.series(cell, arm)?.valueCount($0) ?? 0 }
        }
      }.filter { $0 > 0 })
    let confident = counts.contains { $0 >= PairedRatio.smallestCountWithInterval }
    let ranged = counts.contains { $0 > 1 && $0 < PairedRatio.smallestCountWithInterval }
    let interval = "the order-statistic interval of the median, which holds it with 95 %"
    let range = "the least and the greatest of so few rounds that no interval of 95 % exists"
    return switch (confident, ranged) {
    case (true, true): "Whole whiskers are \(interval); dotted ones \(range)."
    case (true, false): "Whiskers are \(interval)."
    case (false, true): "Dotted whiskers are \(range)."
    case (false, false): "There was one round, so that nothing can be said of how far it may be off."
    }
  }

  /// How ratios to the base come about.
  var ratios: String {
    "Ratios are those of rounds in which both ran, their Hodges-Lehmann centre; whiskers are the 95 % interval that "
      + "inverts the signed-rank test, and missing with fewer than \(PairedRatio.smallestCountWithInterval) rounds."
  }

  /// "1.31 (1.28 to 1.34)", or what is left without rounds.
  static func ratio(_ finding: EffectFinding) -> String { StatedRatio(finding).text }
}
