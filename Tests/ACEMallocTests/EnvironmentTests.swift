// SPDX-License-Identifier: MIT

import Testing

/// ACE's environment: what is not known costs one line and nothing else.
@Suite struct EnvironmentTests {
  private static let greeting = "the sums are 500500 and 500500\n"

  private func greet(_ library: Library, _ settings: [String]) -> Ending {
    MallocProgram("greeting.c").run(under: library, settings: settings)
  }

  /// A setting that is wrong, and what the line about it must hold.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var setting: String
    var words: [String]
    var testDescription: String { String(setting.prefix(40)) }

    init(_ setting: String, _ words: String...) {
      self.setting = setting
      self.words = words
    }
  }

  private static let mistakes = [
    Mistake("ACE_FOO=1", "ACE_FOO"),
    Mistake("ACE_=1", "ACE_"),
    Mistake("ACE_CHECKS=1", "ACE_CHECKS"),
    Mistake("ACE_ENGINE=maybe", "ACE_ENGINE"),
    Mistake("ACE_CHECK=perhaps", "ACE_CHECK", "perhaps"),
    Mistake("ACE_STATS=perhaps", "ACE_STATS", "perhaps"),
    Mistake("ACE_ROUTE=sideways", "ACE_ROUTE"),
    Mistake("ACE_PROFILE=bold", "ACE_PROFILE"),
    Mistake("ACE_POLICY=nonsense=on", "ACE_POLICY", "nonsense"),
    Mistake("ACE_POLICY=purge-delay-ms=soon", "ACE_POLICY", "purge-delay-ms"),
    Mistake("ACE_POLICY=purge-delay-ms=99999999999999999999", "ACE_POLICY", "purge-delay-ms"),
    Mistake("ACE_POLICY=purge-delay-ms=-1", "ACE_POLICY", "purge-delay-ms"),
    Mistake("ACE_CHECK=" + String(repeating: "x", count: 20_000), "ACE_CHECK"),
    Mistake("ACE_" + String(repeating: "X", count: 20_000) + "=1", "ACE_XXX"),
    Mistake("ACE_CHECK=two\nlines", "ACE_CHECK"),
    Mistake("ACE_CHECK=\u{1b}[31mred", "ACE_CHECK"),
  ]

  @Test("an unknown name or value is one line, and the program runs", arguments: mistakes, Library.allCases)
  func mistake(_ mistake: Mistake, _ library: Library) {
    let ending = greet(library, [mistake.setting])
    #expect(ending.status == 0)
    #expect(ending.output == Self.greeting)
    #expect(ending.errorLines.count == 1)
    for word in mistake.words { #expect(ending.errors.contains(word)) }
    // A value goes to a terminal as text, not as commands to it.
    #expect(!ending.errors.contains("\u{1b}"))
    #expect(ending.errors.utf8.count < 2000)
  }

  @Test("several mistakes are a line each", arguments: Library.allCases)
  func several(_ library: Library) {
    let settings = ["ACE_FOO=1", "ACE_ENGINE=maybe", "ACE_CHECK=perhaps", "ACE_POLICY=nonsense=on"]
    let ending = greet(library, settings)
    #expect(ending.status == 0)
    #expect(ending.output == Self.greeting)
    #expect(ending.errorLines.count == settings.count)
    for name in ["ACE_FOO", "ACE_ENGINE", "ACE_CHECK", "ACE_POLICY"] {
      #expect(ending.errorLines.count { $0.contains(name) } == 1)
    }
  }

  @Test(
    "what is known is taken without a word, and so is what is not ACE's",
    arguments: [
      "ACE_CHECK=0", "ACE_CHECK=1", "ACE_STATS=0", "ACE_POLICY=purge-delay-ms=0,warm-superslabs=2", "ACE_POLICY=",
      "ACERECORD_ORDER=fine", "ACEBENCH=1", "PEACE_FOO=1", "ACE=1",
    ], Library.allCases)
  func known(_ setting: String, _ library: Library) {
    let ending = greet(library, [setting])
    #expect(ending.status == 0)
    #expect(ending.output == Self.greeting)
    #expect(ending.errors == "")
  }

  @Test("statistics are told at the end, beside the program's own output", arguments: Library.allCases)
  func statistics(_ library: Library) {
    let ending = greet(library, ["ACE_STATS=1"])
    #expect(ending.status == 0)
    #expect(ending.output == Self.greeting)
    #expect(ending.errors.contains { ("1"..."9").contains($0) })
  }
}
