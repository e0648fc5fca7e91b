// SPDX-License-Identifier: MIT

import TestSupport
import Testing

/// What the environment, a file and the program itself set, in this order of what holds.
@Suite struct SettingsTests {
  /// What a program finds set: switches and knobs, and the words `engine` and `route`.
  private func settings(
    _ variables: [String] = [], under library: Library = .prefix, setting changes: [String] = []
  ) -> (values: [String: String], ending: Ending) {
    let ending = MallocProgram("settings.c").run(changes, under: library, settings: variables)
    #expect(ending.status == 0)
    // Refusals are lines with a colon.
    let pairs = ending.output.split(separator: "\n").filter { !$0.contains(":") }.map {
      $0.split(separator: "=").map(String.init)
    }
    let values = Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { $1 }
    #expect(values["engine"] != nil && values["route"] != nil && values["tick-ms"] != nil)
    return (values, ending)
  }

  private func expect(
    _ variables: [String], _ expected: [String: String], under library: Library = .prefix, errorCount: Int = 0
  ) {
    let defaults = settings(under: library).values
    let (values, ending) = settings(variables, under: library)
    #expect(ending.errorLines.count == errorCount, "\(ending.errors)")
    #expect(values == defaults.merging(expected) { $1 }, "\(variables)")
  }

  @Test("the words that are known", arguments: Library.allCases)
  func words(_ library: Library) {
    for mode in ["off", "observe", "on"] { expect(["ACE_ENGINE=" + mode], ["engine": mode], under: library) }
    for route in ["tiny-first", "tiny-only", "pool-only"] {
      expect(["ACE_ROUTE=" + route], ["route": route], under: library)
    }
    for goal in ["time", "balanced", "memory"] { expect(["ACE_GOAL=" + goal], [:], under: library) }
    for seed in ["0", "1", "18446744073709551615"] { expect(["ACE_SEED=" + seed], [:], under: library) }
    expect(["ACE_PROFILE=balanced"], [:], under: library)
    expect(["ACE_PROFILE=full"], ["eager-free": "1", "engine": "on"], under: library)
    let none = ["sll-shrink", "idle-trim", "tiering", "eager-free", "worker"]
    let (values, _) = settings(["ACE_PROFILE=conservative"], under: library)
    for name in none where name != "tiering" { #expect(values[name] == "0", "\(name)") }
    #expect(values["engine"] == "off")
  }

  @Test("words that are not known are a line each, and defaults are kept", arguments: Library.allCases)
  func unknownWords(_ library: Library) {
    let mistakes = [
      "ACE_PROFILE=bold", "ACE_PROFILE=", "ACE_ENGINE=maybe", "ACE_ENGINE=", "ACE_GOAL=both", "ACE_ROUTE=sideways",
      "ACE_SEED=-1", "ACE_SEED=", "ACE_SEED=18446744073709551616", "ACE_POLICY=worker=maybe", "ACE_POLICY=tiering=2",
      "ACE_POLICY=tiering", "ACE_POLICY=tiering=", "ACE_POLICY=tick-ms=0", "ACE_POLICY=carve-pages=17",
      "ACE_POLICY=carve-pages=on", "ACE_POLICY=wake-blocks=0x10", "ACE_CONF=/nowhere/at/all",
    ]
    for mistake in mistakes { expect([mistake], [:], under: library, errorCount: 1) }
    expect(
      mistakes.filter { $0.hasSuffix("bold") || $0.hasSuffix("maybe") || $0.hasSuffix("both") }, [:], errorCount: 4)
  }

  @Test("the good items of a list are taken beside the bad ones", arguments: Library.allCases)
  func lists(_ library: Library) {
    expect(
      ["ACE_POLICY=tiering=off,nonsense=1,tick-ms=0,,warm-slabs=7,worker=0,eager-free=on,wake-blocks=255"],
      ["tiering": "0", "warm-slabs": "7", "worker": "0", "eager-free": "1", "wake-blocks": "255"], under: library,
      errorCount: 2)
    // The last of two holds.
    expect(["ACE_POLICY=warm-slabs=7,warm-slabs=9"], ["warm-slabs": "9"], under: library)
  }

  private func withFile(_ text: String, _ body: (String) -> Void) {
    let folder = TemporaryFolder()
    folder.write("ace.conf", Array(text.utf8))
    body(folder.file("ace.conf"))
  }

  @Test("a file holds against a profile, and a variable against the file", arguments: Library.allCases)
  func order(_ library: Library) {
    let text = """
      # Written by hand.
      ace-conf 1
      \t engine = off   # nothing is learned
      eager-free=off
      warm-slabs = 5
      carve-pages =4\r
      goal = memory

      idle-ticks = 3
      """
    withFile(text) { path in
      let file = ["eager-free": "0", "engine": "off", "warm-slabs": "5", "carve-pages": "4", "idle-ticks": "3"]
      expect(["ACE_CONF=" + path], file, under: library)
      expect(["ACE_CONF=" + path, "ACE_PROFILE=full"], file, under: library)
      let variables = [
        "ACE_POLICY=warm-slabs=6,eager-free=on", "ACE_ENGINE=observe", "ACE_CONF=" + path, "ACE_PROFILE=full",
      ]
      let expected = file.merging(["warm-slabs": "6", "eager-free": "1", "engine": "observe"]) { $1 }
      // Whatever stands first in the environment.
      expect(variables, expected, under: library)
      expect(variables.reversed(), expected, under: library)
    }
  }

  @Test("a profile in a file", arguments: Library.allCases)
  func profileInFile(_ library: Library) {
    withFile("ace-conf 1\nprofile = full\nengine = observe\n") { path in
      expect(["ACE_CONF=" + path, "ACE_PROFILE=conservative"], ["eager-free": "1"], under: library)
    }
  }

  /// What a file holds, how many lines of complaint it costs, and what is taken of it all the same.
  struct File: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String
    var errorCount: Int
    var expected: [String: String] = [:]
    var words: [String] = []
  }

  private static let files = [
    File(
      testDescription: "of another version", text: "ace-conf 2\nwarm-slabs = 5\n", errorCount: 1, words: ["version"]),
    File(testDescription: "without a version", text: "warm-slabs = 5\n", errorCount: 1, words: ["version"]),
    File(testDescription: "empty", text: "", errorCount: 1, words: ["empty"]),
    File(testDescription: "comments alone", text: "# ace-conf 1\n\n", errorCount: 1, words: ["empty"]),
    File(testDescription: "of bytes", text: "\u{0}\u{1}\u{1b}[31m\n\u{7f}\n", errorCount: 1),
    File(
      testDescription: "with bad lines",
      text: "ace-conf 1\nwarm-slabs = 5\nwarm-slabs\nnonsense = 1\ntick-ms = 0\nengine = x",
      errorCount: 4, expected: ["warm-slabs": "5"], words: ["nonsense", "tick-ms"]),
    File(
      testDescription: "with one long line",
      text: "ace-conf 1\nwarm-slabs = 5\n" + String(repeating: "x", count: 60_000),
      errorCount: 1, expected: ["warm-slabs": "5"]),
    File(
      testDescription: "of which a part would be read",
      text: "ace-conf 1\n" + String(repeating: "# far too long\n", count: 5000) + "warm-slabs = 5\n",
      errorCount: 1, words: ["longer"]),
    File(
      testDescription: "without an end of line", text: "ace-conf 1\nwarm-slabs = 5", errorCount: 0,
      expected: ["warm-slabs": "5"]),
  ]

  @Test("a file that is not as it should be", arguments: files, Library.allCases)
  func file(_ file: File, _ library: Library) {
    withFile(file.text) { path in
      let (_, ending) = settings(["ACE_CONF=" + path], under: library)
      for word in file.words { #expect(ending.errors.contains(word)) }
      #expect(!ending.errors.contains("\u{1b}"))
      expect(["ACE_CONF=" + path], file.expected, under: library, errorCount: file.errorCount)
    }
  }

  @Test("a folder is no file")
  func folder() { expect(["ACE_CONF=/tmp"], [:], errorCount: 1) }

  @Test("switches and knobs are set while the program runs", arguments: Library.allCases)
  func atRunTime(_ library: Library) {
    let defaults = settings(under: library).values
    let changes = ["tiering=0", "eager-free=1", "worker=0", "warm-slabs=9", "tick-ms=60000"]
    let (values, ending) = settings(under: library, setting: changes)
    #expect(ending.errors == "")
    let changed = ["tiering": "0", "eager-free": "1", "worker": "0", "warm-slabs": "9", "tick-ms": "60000"]
    #expect(values == defaults.merging(changed) { $1 })
    let (same, refusal) = settings(under: library, setting: ["tiering=2", "tick-ms=0", "tick-ms=60001", "nonsense=1"])
    #expect(same == defaults)
    for line in ["tiering=2: ERANGE", "tick-ms=0: ERANGE", "tick-ms=60001: ERANGE", "nonsense=1: ENOENT"] {
      #expect(refusal.output.contains(line + "\n"))
    }
  }
}
