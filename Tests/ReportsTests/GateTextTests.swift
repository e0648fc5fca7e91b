// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Testing

@Suite struct GateTextTests {
  @Test("a loss: the verdict in a sentence, and what did not pass, the worst first")
  func regress() {
    let text = GateText(nextCommand: "acebench gate --rounds 80").render(GateScene.regressed.report())
    #expect(
      text == """
        REGRESS: 2 of 4 cells and the mean of all lost more than 2 % of throughput, 1 of 4 cells and the mean of all \
        took over 5.3 % more peak memory

        Did not pass
        cell                metric       head / base (95 %)      means              adjusted p  rounds  verdict
        xmalloc, 2 threads  peak memory  1.201 (1.193 to 1.208)  20 % more memory       0.0005      12  REGRESS
        xmalloc, 2 threads  throughput   0.901 (0.895 to 0.906)  9.9 % slower           0.0007      12  REGRESS
        larson, 4 threads   throughput   0.939 (0.934 to 0.947)  6.1 % slower           0.0007      12  REGRESS
        mean of 4 cells     peak memory  1.047 (1.043 to 1.050)  4.7 % more memory      0.0005      12  REGRESS
        mean of 4 cells     throughput   0.959 (0.956 to 0.962)  4.1 % slower           0.0007      12  REGRESS

        5 regressed, 5 within tolerance
        Resolution of throughput: median half-width 0.8 %; losses below 2.8 % would have been missed
        Resolution of peak memory: median half-width 0.8 %; losses below 5.7 % would have been missed

        Next: acebench gate --rounds 80

        """)
  }

  @Test("a pass says what is ruled out, and what became better")
  func pass() {
    let text = GateText().render(GateScene.improved.report())
    #expect(
      text == """
        PASS: 5 % less throughput and 11.1 % more peak memory can be ruled out in all 4 cells; 3 improved

        Improved
        cell                metric       head / base (95 %)      means              adjusted p  rounds  verdict
        espresso, 1 thread  peak memory  0.800 (0.793 to 0.807)  20 % less memory            -      10  PASS, improved
        mstress, 4 threads  throughput   1.080 (1.069 to 1.091)  8.0 % faster                -      10  PASS, improved
        mean of 4 cells     peak memory  0.948 (0.946 to 0.950)  5.2 % less memory           -      10  PASS, improved
        mean of 4 cells     throughput   1.022 (1.019 to 1.024)  2.2 % faster                -      10  PASS, improved
        larson, 4 threads   throughput   1.008 (1.002 to 1.013)  0.8 % faster                -      10  PASS, improved

        5 improved, 5 within tolerance
        Resolution of throughput: median half-width 0.9 %; losses below 2.9 % would have been missed
        Resolution of peak memory: median half-width 0.9 %; losses below 5.9 % would have been missed

        Controls
          a copy of the base: 1.004 (1.001 to 1.011) in 10 rounds: no difference, as it has to be
          the base slowed down on purpose: 0.907 (0.902 to 0.911) in 10 rounds: seen, as it has to be

        """)
  }

  @Test("what is inconclusive says in which range it lies, and how many rounds it would take")
  func inconclusive() {
    let lines = GateText().render(GateScene.inconclusive.report()).split(separator: "\n")
    #expect(lines.first == "INCONCLUSIVE: 1 of 4 cells can be neither passed nor failed at this noise")
    let row = "0.991 (0.946 to 1.038)  5.4 % slower to 3.8 % faster      0.6957      40  INCONCLUSIVE, needs 305 rounds"
    #expect(lines.contains("xmalloc, 2 threads  throughput  " + row))
  }

  @Test("a gate that was broken off says why, and shows its figures only when asked for all")
  func brokenOff() {
    #expect(
      GateText().render(GateScene.crashed.report()) == """
        ERROR: something could not be measured: row 53: head failed on mstress, 4 threads: crash, signal 11

        """)
    let moved = GateScene.moved.report()
    #expect(
      GateText().render(moved) == """
        INVALID: this comparison means nothing: the machine changed in between: environment 0123456789ab in rows 2 to \
        41; environment ba9876543210 in rows 42 to 81

        """)
    #expect(GateText(isVerbose: true).render(moved).contains("\nmstress, 4 threads  throughput  1.000 (0.990"))
    var both = moved
    both.reasons.append("another")
    #expect(GateText().render(both).contains("(and 1 more)\n\nReasons\n  the machine changed"))
    #expect(GateText().render(both).hasSuffix("\n  another\n"))
  }

  @Test("what is ignored is shown with its reason, and does not count")
  func ignored() {
    let text = GateText().render(GateScene.ignored.report())
    #expect(text.hasPrefix("PASS: 5 % less throughput can be ruled out in all 3 cells; 1 improved\n\nIgnored\n"))
    #expect(text.contains("20 % slower           -      10  IGNORED: rewritten next week | #12\n"))
    #expect(text.contains("\n1 improved, 3 within tolerance, 1 ignored\n"))
  }

  @Test("all of it: cells that passed, what is measured beside, the machine")
  func verbose() {
    let report = GateScene.regressed.report()
    let text = GateText(isVerbose: true).render(report)
    for finding in report.findings {
      #expect(text.contains("\n\(finding.title)"))
    }
    #expect(text.contains("espresso, 1 thread  throughput per CPU  1.000 (0.991 to 1.009)  no clear change"))
    #expect(text.contains("\n  head: build/head/libace.so (SHA-256 head-digest)\n"))
    #expect(text.contains("\n  stolen meanwhile: 3.52 s of processor time\n"))
    #expect(text.contains("\n  running second: median effect 0.1 %, largest 0.5 % slower on espresso, 1 thread\n"))
  }

  @Test("no line is longer than the terminal, and titles neither command it nor break a line")
  func width() {
    let text = GateText(isVerbose: true, width: 100).render(GateScene.hostile.report())
    // Sentences break where the terminal breaks them; tables have to be broken for it.
    let rows = text.split(separator: "\n").filter { $0.contains("throughput  ") }
    #expect(rows.count > GateScene.hostileTitles.count)
    #expect(rows.allSatisfy { $0.count <= 100 })
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.properties.generalCategory == .control })
    #expect(!text.unicodeScalars.contains("\u{202e}"))
    #expect(text.contains("long long long long long long lo…g long long end  throughput"))
  }

  @Test("colour is for the verdict")
  func color() {
    #expect(
      GateText(style: .colored).render(GateScene.crashed.report())
        == "\u{1b}[1;31mERROR: something could not be measured: row 53: head failed on mstress, 4 threads: "
        + "crash, signal 11\u{1b}[0m\n")
    #expect(GateText(style: .colored).render(GateScene.improved.report()).hasPrefix("\u{1b}[1;32mPASS: "))
  }

  @Test("a failed control is loud")
  func control() {
    var scene = GateScene.improved
    scene.disturb = { sample in
      // The base is faster than its copy.
      if sample.arm.allocator == "base-copy" {
        sample.metrics[.throughput] = sample.metrics[.throughput].map { .real($0.double * 0.9) }
      }
    }
    let text = GateText().render(scene.report())
    #expect(text.hasPrefix("INVALID: this comparison means nothing: a copy of the base came out at another speed"))
    #expect(text.contains(" in 10 rounds: DIFFERS FROM ITS TWIN\n"))
  }

  @Test("a loss that only the mean shows, a gate of one cell, a metric of a few, and no rows")
  func headlines() {
    func headline(_ scene: GateScene) -> String { String(GateText().render(scene.report()).prefix { $0 != "\n" }) }
    var scene = GateScene(places: (1...12).map { .init(title: "\($0)", speed: 0.973, scatter: 0.021) })
    #expect(headline(scene) == "REGRESS: the mean of 12 cells lost more than 2 % of throughput")
    scene.places = [.init(title: "one", speed: 0.9)]
    #expect(headline(scene) == "REGRESS: the only cell lost more than 2 % of throughput")
    scene.places = [.init(title: "one"), .init(title: "two", memory: 1)]
    #expect(
      headline(scene)
        == "PASS: ruled out are 5 % less throughput in all 2 cells, 11.1 % more peak memory in the only "
        + "cell that it is judged in; 1 improved")
    scene.places[1].memory = 1.2
    #expect(headline(scene) == "REGRESS: 1 of 1 cells took over 5.3 % more peak memory")
    let settings = scene.settings
    let report = GateJudge(settings, GateEvidence(settings)).report()
    #expect(GateText().render(report) == "ERROR: something could not be measured: there are no rows\n")
    #expect(GateMarkdown().summary(report).hasPrefix("### ERROR: something could not be measured: there are no rows\n"))
  }

  @Test("of very many reasons the first are shown")
  func manyReasons() {
    var report = GateScene.improved.report()
    report.verdict = .error
    report.reasons = (1...30).map { "reason \($0)" }
    let lines = GateText().render(report).split(separator: "\n")
    #expect(lines.contains("  reason 20") && !lines.contains("  reason 21"))
    #expect(lines.contains("  and 10 more, which verdict.json has"))
  }
}
