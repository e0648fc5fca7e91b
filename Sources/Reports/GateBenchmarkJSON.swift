// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Glibc

/// What the head of a gate measured, for github-action-benchmark, which draws it over time. Its tools take one
/// direction each, so there are two documents.
public enum GateBenchmarkJSON {
  private struct Entry: Encodable {
    var name: String
    var unit: String
    var value: Double
    var range: String?
    var extra: String
  }

  /// An array for its tool `customBiggerIsBetter`, UTF-8.
  public static func biggerIsBetter(_ report: GateReport) throws -> [UInt8] {
    try encoded(report.findings.filter(\.metric.isHigherBetter))
  }

  /// An array for its tool `customSmallerIsBetter`, UTF-8.
  public static func smallerIsBetter(_ report: GateReport) throws -> [UInt8] {
    try encoded(report.findings.filter { !$0.metric.isHigherBetter })
  }

  private static func encoded(_ findings: [GateFinding]) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(findings.compactMap(entry))) + [UInt8(ascii: "\n")]
  }

  /// Nil for what was not measured.
  private static func entry(_ finding: GateFinding) -> Entry? {
    guard let head = finding.headMedian else { return nil }
    let metric = finding.metric.metric
    var extra = "\(finding.verdict.rawValue): \(finding.meaning), head / base \(finding.ratioWords)"
    if let base = finding.baseMedian { extra += ", base \(NumberFormat.text(base, unit: metric.unit))" }
    return Entry(
      name: "\(finding.title.printable): \(finding.metric.words)", unit: metric.unit.rawValue, value: head,
      range: finding.halfWidthLog.map { "± " + NumberFormat.percent(expm1($0)) }, extra: extra)
  }
}
