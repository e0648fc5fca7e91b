// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Results
import Testing

@Suite("What is said of a search for settings")
struct TuningReportTests {
  private func conf(_ standing: TuningStanding, workload: Cell) -> TuningConf {
    TuningConf(
      standing: standing, goal: .memory, workload: workload, library: Library(sha256: "abcd", load: .dlopen), seed: 7,
      date: "2026-11-21T10:00:00Z", harnessVersion: "1.2.3")
  }

  @Test("the file has what led to it as comments, and the settings of the candidate and no others")
  func file() throws {
    let standing = try #require(TuningScene.standing(time: 0.9, memory: 1.02))
    let workload = Cell(
      identifier: "larson@4t", workload: "larson", parameters: "operations=2000;size=8", threadCount: 4)
    #expect(
      conf(standing, workload: workload).text == """
        ace-conf 1
        # Written by acebench tune. ACE_CONF=/path/to/this/file loads it.
        #
        # workload: larson (operations=2000;size=8), 4 threads
        # library sha256: abcd
        # goal: memory
        # against the defaults, on rounds that had no part in the choice: 0.90 (0.90 to 0.90) times the time, \
        1.02 (1.02 to 1.02) times the memory, 7 rounds
        # made: 2026-11-21T10:00:00Z, acebench 1.2.3, seed 7

        engine = off
        purge-delay-ms = 0

        """)
  }

  @Test("the name of a trace cannot become a setting, and its digest is told")
  func strangeName() throws {
    let standing = try #require(TuningScene.standing(time: 0.9, memory: 1))
    let workload = Cell(identifier: "x", workload: "a\nengine = on\r\u{1b}[31m", traceSHA256: "1234")
    let lines = conf(standing, workload: workload).text.split(separator: "\n").map(String.init)
    #expect(lines.filter { !$0.hasPrefix("#") } == ["ace-conf 1", "engine = off", "purge-delay-ms = 0"])
    #expect(lines.contains("# trace sha256: 1234"))
    #expect(lines.contains { $0.hasPrefix("# trace: a engine = on") && $0.hasSuffix(", 1 thread") })
    #expect(!lines.joined().contains("\u{1b}") && !lines.joined().contains("\r"))
  }

  @Test("its own files are known, and others are not")
  func own() throws {
    let text = conf(
      try #require(TuningScene.standing(time: 1, memory: 1)), workload: Cell(identifier: "", workload: "a")
    )
    .text
    #expect(TuningConf.isOwn(text))
    for other in [
      "", "ace-conf 1\n", "ace-conf 1\npurge-delay-ms = 0\n", "\n" + text, text.replacing("conf 1", with: "conf 2"),
    ] {
      #expect(!TuningConf.isOwn(other), "\(other)")
    }
  }

  @Test("the frontier is a table, the defaults being 1; an interval is shown where there is one")
  func table() throws {
    let points = [
      try #require(TuningScene.standing(time: 0.9, memory: 1.25)),
      try #require(TuningScene.standing(.initial, time: 1, memory: 1)),
      try #require(
        TuningScene.standing(TuningCandidate([TuningSetting("tiering", "off")]), time: 2, memory: 0.5, roundCount: 5)),
    ].map { TuningPoint(standing: $0) }
    #expect(
      TuningTable.table(points).render(.plain) == """
        settings                      time (95 %)          memory (95 %)        rounds
        engine off, purge-delay-ms 0  0.90 (0.90 to 0.90)  1.25 (1.25 to 1.25)       7
        the defaults                  1                    1                         7
        tiering off                   2.00                 0.50                      5

        """)
  }

  @Test("endings are told in words")
  func sentences() throws {
    let standing = try #require(TuningScene.standing(time: 0.9, memory: 1.25))
    let effects =
      "on fresh rounds, against the defaults: 0.90 (0.90 to 0.90) times the time, 1.25 (1.25 to 1.25) times the memory, 7 rounds"
    #expect(TuningSentences.text(.better(standing)) == ["best: engine off, purge-delay-ms 0", effects])
    #expect(
      TuningSentences.text(.notBetter(standing)) == [
        "nothing beat the defaults", "the best of the search was: engine off, purge-delay-ms 0", effects,
      ])
    #expect(
      TuningSentences.text(.undecided(TuningScene.lean)).last
        == "the best of the search was: engine off, purge-delay-ms 0")
    #expect(
      TuningSentences.text(.winnerFailed(TuningScene.lean)) == ["failed in the end: engine off, purge-delay-ms 0"])
    for ending in [TuningEnding.interrupted, .defaultsFailed, .candidatesFailed] {
      #expect(TuningSentences.text(ending).isEmpty)
    }
  }

  @Test("records have the frontier, and who won last; what has no interval has none")
  func records() throws {
    let few = TuningPoint(standing: try #require(TuningScene.standing(time: 1, memory: 1, roundCount: 1)))
    let best = try #require(TuningScene.standing(time: 0.5, memory: 0.5))
    let lines = TuningRecords.table([few], .better(best)).render(.csv).split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "role,switches,rounds_count,time_ratio,time_ratio_low,time_ratio_high,memory_ratio,memory_ratio_low,"
        + "memory_ratio_high,score_ratio,score_ratio_low,score_ratio_high")
    #expect(lines[1] == "frontier,engine=off;purge-delay-ms=0,1,1.0,,,1.0,,,1.0,,")
    #expect(lines[2].hasPrefix("better,engine=off;purge-delay-ms=0,7,0."))
    #expect(!lines[2].contains(",,"))
    #expect(TuningRecords.table([few], .notBetter(best)).render(.csv).contains("\nnot-better,"))
    #expect(TuningRecords.table([few], .interrupted).records.count == 1)
  }
}
