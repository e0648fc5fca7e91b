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
    var table = TextTable(
      columns: [TextTable.Column("trace"), TextTable.Column("allocator")]
        + quantities.flatMap { quantity in
          ["\(quantity), program", "by the replay", "off by"].map { TextTable.Column($0, .right) }
            + [TextTable.Column("which")]
        }, keyColumnCount: 2)
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
    var table = TextTable(
      columns: [TextTable.Column("trace"), TextTable.Column("rounds", .right)]
        + ["operations", "recorded again", "CPU time", "peak RSS"].map { TextTable.Column($0, .right) }
        + ["order by CPU time", "order by peak RSS"].map { TextTable.Column($0) })
    for report in reports {
      table.append(
        [
          report.name, "\(report.roundCount)", "\(report.operationCount)",
          report.recordedAgain.map { NumberFormat.fixed($0 * 100, decimals: 1) + " %" } ?? "–",
          report.baseNanoseconds.map { NumberFormat.text($0, unit: .nanoseconds) } ?? "–",
          report.basePeakByteCount.map { NumberFormat.text($0, unit: .bytes) } ?? "–",
          Self.text(report.timeOrder), Self.text(report.memoryOrder),
        ].map { TextTable.Entry($0) })
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
        for (quantity, effect, order, level) in [
          (FidelityQuantity.time, finding.time, report.timeOrder, report.baseNanoseconds),
          (.memory, finding.memory, report.memoryOrder, report.basePeakByteCount),
        ] {
          let estimates = effect.map { [$0.program, $0.replay, $0.discrepancy] } ?? []
          table.append(
            [
              .text(report.name), .text(report.base), .text(finding.allocator), .text(quantity.rawValue),
              .integer(UInt64(effect?.roundCount ?? 0)), .integer(report.operationCount),
              report.operationCountNow.map { .integer($0) } ?? .none, level.map { .real($0) } ?? .none,
            ] + (0..<3).flatMap { Self.values($0 < estimates.count ? estimates[$0] : nil) } + [
              .text(effect?.verdict.rawValue ?? ""), .integer(UInt64(order.pairCount)),
              .integer(UInt64(order.sameCount)), .integer(UInt64(order.oppositeCount)),
              order.tau.map { .real($0) } ?? .none,
            ])
        }
      }
    }
    return table
  }

  private static func values(_ estimate: FidelityEffect.Estimate?) -> [FieldValue] {
    guard let estimate else { return [.none, .none, .none] }
    return [.real(exp(estimate.centre))]
      + [estimate.interval?.lowerBound, estimate.interval?.upperBound].map { end in end.map { .real(exp($0)) } ?? .none
      }
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
