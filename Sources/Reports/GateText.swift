// SPDX-License-Identifier: MIT

import Comparison

/// What `acebench gate` prints on a terminal: the verdict in words, and then what it rests on.
public struct GateText: Sendable {
  /// Whether every cell is shown, and where and what was measured.
  public var isVerbose: Bool
  /// `plain` or `colored`.
  public var style: TextTable.Style
  /// Columns of the terminal; nil for no limit.
  public var width: Int?
  /// What to type next; nil for nothing.
  public var nextCommand: String?

  /// Titles and reasons take no more columns than this.
  private static let textWidth = 48
  /// More reasons than this are left to the reports in files.
  private static let reasonLimit = 20

  public init(
    isVerbose: Bool = false, style: TextTable.Style = .plain, width: Int? = nil, nextCommand: String? = nil
  ) {
    self.isVerbose = isVerbose
    self.style = style
    self.width = width
    self.nextCommand = nextCommand
  }

  /// The text in lines, the last one ended as well; paragraphs with an empty line in between.
  public func render(_ report: GateReport) -> String {
    let sentences = GateSentences(report)
    let sections = GateSections(report)
    var paragraphs = [highlighted(sentences.headline.printable, report.verdict) + "\n"]
    if report.reasons.count > 1 { paragraphs.append(list("Reasons", Self.shown(report.reasons))) }
    // Of a gate that was broken off the figures are for those who look into why.
    if sentences.areFindingsSound || isVerbose {
      paragraphs.append(table(sections.areOnlyIgnored ? "Ignored" : "Did not pass", sections.notPassed))
      paragraphs.append(table("Improved", sections.improved))
    }
    if isVerbose {
      paragraphs.append(table("Within tolerance", sections.withinTolerance))
      paragraphs.append(table("Measured beside", sections.reported))
    }
    if sentences.areFindingsSound || isVerbose { paragraphs.append(lines([sections.counts] + sentences.resolution)) }
    paragraphs.append(list("Stored sessions", sentences.history))
    paragraphs.append(list("Controls", sentences.controls))
    paragraphs.append(list("Warnings", report.warnings))
    if isVerbose {
      let slot = sentences.slotEffect.map { [$0] } ?? []
      paragraphs.append(list("Measured on", sentences.facts.map { "\($0.name): \($0.value)" } + slot))
    }
    if let nextCommand { paragraphs.append("Next: \(nextCommand)\n") }
    return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func table(_ title: String, _ findings: [GateFinding]) -> String {
    guard !findings.isEmpty else { return "" }
    let table = GateTable.table(of: findings) { $0.printable.clipped(to: Self.textWidth) }
    return "\(title)\n" + table.render(style == .colored ? .colored : .plain, width: width)
  }

  private static func shown(_ reasons: [String]) -> [String] {
    let rest = reasons.count - reasonLimit
    return rest > 0 ? reasons.prefix(reasonLimit) + ["and \(rest) more, which verdict.json has"] : reasons
  }

  private func list(_ title: String, _ texts: [String]) -> String {
    texts.isEmpty ? "" : "\(title)\n" + texts.map { "  \($0.printable)\n" }.joined()
  }

  private func lines(_ sentences: [String]) -> String {
    sentences.map { $0.prefix(1).uppercased() + $0.dropFirst() + "\n" }.joined()
  }

  private func highlighted(_ headline: String, _ verdict: GateVerdict) -> String {
    guard style == .colored else { return headline }
    let color =
      switch verdict {
      case .pass: "32"
      case .inconclusive: "33"
      case .regress, .invalid, .error: "31"
      }
    return "\u{1b}[1;\(color)m\(headline)\u{1b}[0m"
  }
}
