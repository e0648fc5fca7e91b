// SPDX-License-Identifier: MIT

import Comparison

/// A gate's report for a page of GitHub: the summary of a step, or a comment.
public struct GateMarkdown: Sendable {
  /// What finds the comment again that is to be replaced; Markdown does not show it.
  public static let marker = "<!-- acebench-gate -->"
  /// GitHub drops a whole summary of 1024 KiB or more.
  public static let summaryByteLimit = 900_000
  /// GitHub takes comments of up to 65536 characters.
  public static let commentByteLimit = 64_000

  /// What repeats the gate, typed exactly so; nil for nothing.
  public var reproduceCommand: String?

  /// Titles and reasons are clipped to so many columns.
  private static let textWidth = 160

  public init(reproduceCommand: String? = nil) { self.reproduceCommand = reproduceCommand }

  /// The summary of a step, in at most so many bytes.
  public func summary(_ report: GateReport, byteLimit: Int = GateMarkdown.summaryByteLimit) -> String {
    document(report).render(byteLimit: byteLimit)
  }

  /// The same as a comment that can be found again.
  public func comment(_ report: GateReport, byteLimit: Int = GateMarkdown.commentByteLimit) -> String {
    Self.marker + "\n" + document(report).render(byteLimit: byteLimit - Self.marker.utf8.count - 1)
  }

  // What a reader has to have comes first when room is short: the verdict, the counts, how to repeat it; then what did
  // not pass, what weakens the verdict, and all cells at last.
  private func document(_ report: GateReport) -> MarkdownDocument {
    let sentences = GateSentences(report)
    let sections = GateSections(report)
    let all = report.findings + report.suites
    var document = MarkdownDocument()
    document.append(.init(lines: ["### " + Self.written(sentences.headline, width: 400)], rank: 0))
    if report.reasons.count > 1 {
      document.append(.init(lines: Self.bullets(report.reasons), rank: 3))
    }
    // Of a gate that was broken off the figures are for those who look into why: they are below, with all others.
    if sentences.areFindingsSound {
      document.append(Self.table(sections.notPassed, rank: 4))
      document.append(.init(lines: ([sections.counts] + sentences.resolution).map(Self.sentence), rank: 1))
    }
    document.append(.init(opening: "**Warnings**\n\n", lines: Self.bullets(report.warnings), rank: 5))
    document.append(Self.details("All \(all.count) results", Self.table(all, rank: 6)))
    document.append(Self.details("Environment and controls", environment(sentences)))
    document.append(Self.details("Reproduce", reproduction))
    return document
  }

  private func environment(_ sentences: GateSentences) -> MarkdownDocument.Piece {
    let lines =
      sentences.facts.map { "\($0.name): \($0.value)" } + [sentences.slotEffect].compactMap { $0 } + sentences.controls
      + sentences.history
    return .init(lines: Self.bullets(lines), rank: 2)
  }

  private var reproduction: MarkdownDocument.Piece {
    // A command is of no use in part: it is one line to the document.
    let block = reproduceCommand.map { $0.markdownCodeBlock.joined(separator: "\n") }
    return .init(lines: block.map { [$0] } ?? [], rank: 2)
  }

  private static func table(_ findings: [GateFinding], rank: Int) -> MarkdownDocument.Piece {
    guard !findings.isEmpty else { return .init(lines: [], rank: rank) }
    let table = GateTable.table(of: findings) { written($0, width: textWidth) }
    let lines = table.render(.markdown).split(separator: "\n").map(String.init)
    return .init(opening: lines.prefix(2).map { $0 + "\n" }.joined(), lines: Array(lines.dropFirst(2)), rank: rank)
  }

  private static func details(_ title: String, _ piece: MarkdownDocument.Piece) -> MarkdownDocument.Piece {
    var piece = piece
    piece.opening = "<details><summary>\(title)</summary>\n\n" + piece.opening
    piece.closing += "\n</details>\n"
    return piece
  }

  private static func bullets(_ texts: [String]) -> [String] { texts.map { "- " + written($0, width: 400) } }

  private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "  " }

  private static func written(_ text: String, width: Int) -> String {
    text.printable.clipped(to: width).markdownEscaped
  }
}
