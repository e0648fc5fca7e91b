// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Testing

@Suite struct GateAnnotationsTests {
  static func lines(_ report: GateReport) -> [String] {
    GateAnnotations.render(report).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("an error for each loss, a warning for what is inconclusive, nothing for a pass")
  func kinds() {
    #expect(
      Self.lines(GateScene.regressed.report()).prefix(2) == [
        "::error title=REGRESS xmalloc%2C 2 threads::peak memory: 20 %25 more memory, 1.201 (1.193 to 1.208) in 12 "
          + "rounds, adjusted p 0.0005",
        "::error title=REGRESS xmalloc%2C 2 threads::throughput: 9.9 %25 slower, 0.901 (0.895 to 0.906) in 12 rounds, "
          + "adjusted p 0.0007",
      ])
    #expect(
      Self.lines(GateScene.inconclusive.report()) == [
        "::warning title=INCONCLUSIVE xmalloc%2C 2 threads::throughput: 5.4 %25 slower to 3.8 %25 faster, 0.991 (0.946 "
          + "to 1.038) in 40 rounds, adjusted p 0.6957; needs 305 rounds", "",
      ])
    #expect(GateAnnotations.render(GateScene.improved.report()).isEmpty)
    #expect(GateAnnotations.render(GateScene.ignored.report()).isEmpty)
  }

  @Test("one error for all reasons")
  func reasons() {
    var report = GateScene.crashed.report()
    report.reasons.append("100 %\nof it")
    #expect(
      Self.lines(report) == [
        "::error title=acebench gate%3A ERROR::row 53: head failed on mstress, 4 threads: crash, signal 11%0A"
          + "100 %25 of it", "",
      ])
    report.reasons = (1...30).map { "reason \($0)" }
    #expect(Self.lines(report)[0].hasSuffix("%0Areason 10%0Aand 20 more"))
  }

  @Test("of each kind no more than ten, the last of which says how many there are besides")
  func caps() {
    let errors = Self.lines(GateScene.many(30).report()).dropLast()
    #expect(errors.count == 10)
    #expect(errors.allSatisfy { $0.hasPrefix("::error title=") })
    // 30 cells and their mean.
    #expect(errors.last == "::error title=acebench gate::22 more")
    let warnings = Self.lines(GateScene.many(30, speed: 0.97, scatter: 0.3).report()).dropLast()
    #expect(warnings.count == 10)
    #expect(warnings.allSatisfy { $0.hasPrefix("::warning title=") })
    #expect(GateAnnotations.render(GateScene.many(9).report()).contains("REGRESS mean of 9 cells"))
  }

  @Test("a title is read back as it was, on one line")
  func hostile() {
    let report = GateScene.hostile.report()
    let titles = Self.lines(report).dropLast().compactMap { line -> String? in
      let parts = line.dropFirst(2).split(separator: "::", maxSplits: 1)
      guard parts.count == 2, let title = parts[0].split(separator: "title=", maxSplits: 1).last else { return nil }
      let pairs = [("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
      return pairs.reduce(String(title)) {
        $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
      }
    }
    #expect(titles.count == report.count(.regress) + report.count(.inconclusive))
    #expect(titles.contains("REGRESS 100 % ::error title=x,y::z %0A"))
    #expect(titles.contains("REGRESS </details><script>alert(1)</script>"))
    #expect(titles.contains("INCONCLUSIVE R&D \"quoted\" 'single'"))
  }
}
