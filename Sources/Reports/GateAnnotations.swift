// SPDX-License-Identifier: MIT

import Comparison

/// What a gate found as workflow commands of GitHub Actions, which show it beside the change.
///
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
public enum GateAnnotations {
  /// GitHub shows so many of a kind for each step and drops the rest without a word.
  static let limitPerKind = 10

  private struct Annotation {
    var title: String
    var message: String
  }

  /// The commands, a line each: an error for why the verdict is INVALID or ERROR and for each loss, a warning for each
  /// finding that is inconclusive, unless it is so for having been broken off; of either no more than GitHub shows.
  public static func render(_ report: GateReport) -> String {
    let sections = GateSections(report)
    return commands("error", reasons(report) + sections.regressed.map(annotation))
      + commands("warning", GateSentences(report).areFindingsSound ? sections.inconclusive.map(annotation) : [])
  }

  private static func reasons(_ report: GateReport) -> [Annotation] {
    guard report.verdict == .invalid || report.verdict == .error else { return [] }
    let shown = report.reasons.prefix(limitPerKind).map(\.printable)
    let rest = report.reasons.count - shown.count
    let message = shown + (rest > 0 ? ["and \(rest) more"] : [])
    return [
      Annotation(
        title: "acebench gate: \(report.verdict.rawValue)",
        message: message.isEmpty ? GateSentences(report).headline : message.joined(separator: "\n"))
    ]
  }

  private static func annotation(_ finding: GateFinding) -> Annotation {
    var message = "\(finding.metric.words): \(finding.meaning), \(finding.ratioWords) in \(finding.roundCount) rounds"
    if let probability = finding.adjustedProbability {
      message += ", adjusted p \(NumberFormat.probability(probability))"
    }
    if finding.verdict == .inconclusive { message += "; \(finding.needWords)" }
    return Annotation(
      title: "\(finding.verdict.rawValue) \(finding.title.printable.clipped(to: 80))", message: message)
  }

  private static func commands(_ kind: String, _ annotations: [Annotation]) -> String {
    var shown = annotations
    if annotations.count > limitPerKind {
      shown = Array(annotations.prefix(limitPerKind - 1))
      shown.append(Annotation(title: "acebench gate", message: "\(annotations.count - shown.count) more"))
    }
    return shown.map { "::\(kind) title=\(property($0.title))::\(data($0.message))\n" }.joined()
  }

  private static func data(_ text: String) -> String {
    text.map { character in
      switch character {
      case "%": "%25"
      case "\r\n": "%0D%0A"
      case "\r": "%0D"
      case "\n": "%0A"
      default: String(character)
      }
    }.joined()
  }

  private static func property(_ text: String) -> String {
    data(text).map { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : String($0) }.joined()
  }
}
