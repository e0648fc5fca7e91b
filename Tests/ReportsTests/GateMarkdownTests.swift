// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Testing

@Suite struct GateMarkdownTests {
  @Test("the summary of a loss, from the verdict down to the command that repeats it")
  func summary() {
    let report = GateScene.inconclusive.report()
    let text = GateMarkdown(reproduceCommand: "acebench gate --base a --head b").summary(report)
    let details = text.split(separator: "<details>", omittingEmptySubsequences: false).map(String.init)
    #expect(
      details.first?.split(separator: "\n").map(String.init) == [
        "### INCONCLUSIVE: 1 of 4 cells can be neither passed nor failed at this noise",
        "| cell | metric | head / base (95 %) | means | adjusted p | rounds | verdict |",
        "| :--- | :--- | :--- | :--- | ---: | ---: | :--- |",
        "| xmalloc, 2 threads | throughput | 0.991 (0.946 to 1.038) | 5.4 % slower to 3.8 % faster | 0.6957 | 40 | "
          + "INCONCLUSIVE, needs 305 rounds |",
        "1 inconclusive, 1 improved, 3 within tolerance  ",
        "Resolution of throughput: median half-width 1.0 %; losses below 2.9 % would have been missed  ",
      ])
    #expect(
      details.dropFirst().map { $0.prefix { $0 != "\n" } } == [
        "<summary>All 9 results</summary>", "<summary>Environment and controls</summary>",
        "<summary>Reproduce</summary>",
      ])
    #expect(text.hasSuffix("\n\n```sh\nacebench gate --base a --head b\n```\n\n</details>\n\n"))
  }

  @Test("a comment is the same behind a mark")
  func comment() {
    let report = GateScene.regressed.report()
    #expect(GateMarkdown().comment(report) == "<!-- acebench-gate -->\n" + GateMarkdown().summary(report))
  }

  @Test("what does not fit is left out by whole rows, and nothing stays open", arguments: [false, true])
  func cap(isComment: Bool) {
    let report = GateScene.many(30).report()
    let markdown = GateMarkdown(reproduceCommand: "acebench gate\nsecond ``` line")
    let whole = markdown.summary(report)
    let wholeLines = Set(whole.split(separator: "\n"))
    #expect(!whole.contains("left out"))
    for limit in stride(from: 0, through: whole.utf8.count + 100, by: 97) {
      let text = isComment ? markdown.comment(report, byteLimit: limit) : markdown.summary(report, byteLimit: limit)
      #expect(text.utf8.count <= max(limit, GateMarkdown.marker.utf8.count + 1))
      #expect(text.count(of: "<details>") == text.count(of: "</details>"))
      #expect(text.count(of: "````") % 2 == 0)
      for line in text.split(separator: "\n") where line.hasPrefix("|") || line.hasPrefix("-") {
        #expect(wholeLines.contains(line))
      }
      if limit > 1000 { #expect(text.contains("### REGRESS: 30 of 30 cells and the mean of all lost more than 2 %")) }
      if limit > whole.utf8.count + 30 { #expect(text.hasSuffix(whole)) }
    }
    let cut = markdown.summary(report, byteLimit: whole.utf8.count - 1)
    #expect(cut.contains("\n\n1 more left out for their size.\n\n</details>"))
  }

  @Test("thousands of losses fit into what GitHub takes")
  func thousands() {
    var report = GateScene.many(30).report()
    report.findings = (0..<200).flatMap { _ in report.findings }
    let summary = GateMarkdown().summary(report)
    #expect(summary.utf8.count <= 900_000 && summary.utf8.count > 890_000)
    let comment = GateMarkdown().comment(report)
    #expect(comment.utf8.count <= 64_000 && comment.utf8.count > 63_000)
    #expect(comment.contains("<summary>Environment and controls</summary>"))
  }

  @Test("titles mean nothing to Markdown or HTML")
  func hostile() {
    let report = GateScene.hostile.report()
    let text = GateMarkdown().summary(report)
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }
    // Two tables with two lines of a header each.
    #expect(rows.count == 4 + Self.notPassedCount(report) + report.findings.count + report.suites.count)
    for row in rows {
      #expect(row.split(separator: "\\|").joined().count { $0 == "|" } == 8)
    }
    #expect(!text.contains("<script") && !text.contains("@everyone") && !text.contains("*bold*"))
    #expect(text.contains("| &lt;/details&gt;&lt;script&gt;alert(1)&lt;/script&gt; |"))
    #expect(text.contains("| a\\|b\\\\\\|c |"))
    #expect(text.contains("| R&amp;D \"quoted\" 'single' |"))
    #expect(text.contains("| two lines  three four |"))
    #expect(text.count(of: "<details>") == 2 && text.count(of: "</details>") == 2)
  }

  private static func notPassedCount(_ report: GateReport) -> Int {
    report.count(.regress) + report.count(.inconclusive) + report.count(.ignored)
  }
}

extension String {
  fileprivate func count(of part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
