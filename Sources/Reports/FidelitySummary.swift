// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Results

/// How well replays predict their programs, as tables and sentences.
public struct FidelitySummary {
  private let reports: [FidelityReport]

  public init(_ reports: [FidelityReport]) { self.reports = reports }

  /// Per trace and allocator: how much more than the base the program takes, how much more the replay predicts, and by how much
  /// the two differ.
  public var effects: TextTable {
    let quantities = ["CPU time", "peak RSS"]
    let measured = quantities.flatMap { quantity -> [TextTable.Column] in
      let figures = ["\(quantity), program", "by the replay", "off by"]
      return figures.map { TextTable.Column($0, .right) } + [TextTable.Column("which")]
    }
    var table = TextTable(
      columns: [TextTable.Column("trace"), TextTable.Column("allocator")] + measured, keyColumnCount: 2)
    for report in reports {
      for finding in report.findings {
        table.append(
          [TextTable.Entry(report.name), TextTable.Entry(finding.allocator)]
            + [finding.time, finding.memory].flatMap(Self.entries))
      }
    }
    return table
  }

  private static func entries(_ effect: FidelityEffect?) -> [TextTable.Entry] {
    guard let effect else { return Array(repeating: TextTable.Entry("–"), count: 4) }
    return [text(effect.program), text(effect.replay), text(effect.discrepancy), effect.verdict.rawValue]
      .map { TextTable.Entry($0) }
  }

  /// Per trace: what the program takes with the base, whether it is still the program that was recorded, and whether the replay
  /// puts the allocators into its order.
  public var orders: TextTable {
    let figures = ["rounds", "operations", "recorded again", "CPU time", "peak RSS"]
    let orders = ["order by CPU time", "order by peak RSS"]
    var table = TextTable(
      columns: [TextTable.Column("trace")] + figures.map { TextTable.Column($0, .right) }
        + orders.map { TextTable.Column($0) })
    for report in reports {
      let again = report.recordedAgain.map { NumberFormat.fixed($0 * 100, decimals: 1) + " %" }
      let time = report.baseNanoseconds.map { NumberFormat.text($0, unit: .nanoseconds) }
      let peak = report.basePeakByteCount.map { NumberFormat.text($0, unit: .bytes) }
      let words: [String] = [
        report.name, "\(report.roundCount)", "\(report.operationCount)", again ?? "–", time ?? "–", peak ?? "–",
        Self.text(report.timeOrder), Self.text(report.memoryOrder),
      ]
      table.append(words.map { TextTable.Entry($0) })
    }
    return table
  }

  /// What needs a word beside the tables.
  public var sentences: [String] {
    reports.filter(\.isOfAnotherProgram).map { report in
      "\(report.name): the program makes \(report.operationCountNow ?? 0) operations now and \(report.operationCount) in the "
        + "trace: it is not the program that was recorded"
    }
  }

  /// All of it for programs: a record for each trace, allocator and quantity. Ratios are of the allocator to the base.
  public var records: RecordTable {
    var table = RecordTable(
      fields: [
        "trace", "base", "allocator", "quantity", "rounds", "operations_count", "operations_now_count", "base_program",
        "program_ratio", "program_low", "program_high", "replay_ratio", "replay_low", "replay_high",
        "discrepancy_ratio",
        "discrepancy_low", "discrepancy_high", "verdict", "pairs_count", "pairs_same_count", "pairs_opposite_count",
        "tau",
      ])
    for report in reports {
      for finding in report.findings {
        table.append(
          Self.identity(report, finding, .time, report.baseNanoseconds)
            + Self.values(finding.time, report.timeOrder))
        table.append(
          Self.identity(report, finding, .memory, report.basePeakByteCount)
            + Self.values(finding.memory, report.memoryOrder))
      }
    }
    return table
  }

  private static func identity(
    _ report: FidelityReport, _ finding: FidelityReport.Finding, _ quantity: FidelityQuantity, _ level: Double?
  ) -> [FieldValue] {
    let effect = quantity == .time ? finding.time : finding.memory
    let names: [FieldValue] = [
      .text(report.name), .text(report.base), .text(finding.allocator), .text(quantity.rawValue),
    ]
    let now: FieldValue = report.operationCountNow.map { .integer($0) } ?? .none
    let base: FieldValue = level.map { .real($0) } ?? .none
    return names + [.integer(UInt64(effect?.roundCount ?? 0)), .integer(report.operationCount), now, base]
  }

  private static func values(_ effect: FidelityEffect?, _ order: FidelityOrder) -> [FieldValue] {
    let tau: FieldValue = order.tau.map { .real($0) } ?? .none
    let counts = [order.pairCount, order.sameCount, order.oppositeCount].map { FieldValue.integer(UInt64($0)) }
    let estimates = values(effect?.program) + values(effect?.replay) + values(effect?.discrepancy)
    return estimates + [.text(effect?.verdict.rawValue ?? "")] + counts + [tau]
  }

  private static func values(_ estimate: FidelityEffect.Estimate?) -> [FieldValue] {
    guard let estimate else { return [.none, .none, .none] }
    let ends = [estimate.interval?.lowerBound, estimate.interval?.upperBound]
    return [.real(exp(estimate.centre))] + ends.map { end -> FieldValue in end.map { .real(exp($0)) } ?? .none }
  }

  /// "-4.1 % (-4.6 to -3.5)".
  private static func text(_ estimate: FidelityEffect.Estimate) -> String {
    func percent(_ logarithm: Double) -> String {
      let text = NumberFormat.fixed((exp(logarithm) - 1) * 100, decimals: 1)
      return text.hasPrefix("-") || Double(text) == 0 ? text : "+" + text
    }
    let centre = percent(estimate.centre) + " %"
    guard let interval = estimate.interval else { return centre }
    return "\(centre) (\(percent(interval.lowerBound)) to \(percent(interval.upperBound)))"
  }

  /// "6 of 7 pairs, 1 opposite, tau 0.80".
  private static func text(_ order: FidelityOrder) -> String {
    let opposite = order.oppositeCount == 0 ? "" : ", \(order.oppositeCount) opposite"
    let tau = order.tau.map { ", tau \(NumberFormat.fixed($0, decimals: 2))" } ?? ""
    return "\(order.sameCount) of \(order.pairCount) pairs\(opposite)\(tau)"
  }
}
