// SPDX-License-Identifier: MIT

import Testing

/// With ACE_CHECK=1 a program that misuses the heap stops, with a line that says what it did.
@Suite struct CheckGateTests {
  /// A mistake of misuse.c, on a block of a size, and the words of which the report has one.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var name: String
    var size: Int
    var causes: [String]
    var testDescription: String { "\(name) of \(size)" }
    /// Whether the block is known, with its class.
    var isOfTinyBlock: Bool { size <= 1024 && (name.hasPrefix("double") || name.hasPrefix("overflow")) }
  }

  private static let foreign = ["not from", "foreign", "interior"]

  private static let mistakes: [Mistake] =
    [
      "double-at-once", "double-later", "double-after-others", "double-in-a-thread", "double-of-a-thread's",
      "double-in-two-threads",
    ].flatMap { name in
      [16, 64, 1000, 5000, 100_000, 1_000_000].map { Mistake(name: name, size: $0, causes: ["double free"]) }
    }
    + [64, 5000, 1_000_000].map { Mistake(name: "realloc-of-freed", size: $0, causes: ["double free", "freed"]) }
    // The mapping of a huge block is gone when it is freed again.
    + ["double-at-once", "double-later"].map {
      Mistake(name: $0, size: 80_000_000, causes: ["double free", "not from", "foreign"])
    }
    + [64, 1000, 5000, 20_000, 200_000, 3_000_000].map {
      Mistake(name: "interior", size: $0, causes: ["interior", "not from"])
    }
    + [20_000, 200_000, 3_000_000, 80_000_000].map {
      Mistake(name: "interior-page", size: $0, causes: ["interior", "not from", "foreign"])
    }
    + ["unaligned", "half-aligned"].flatMap { name in
      [64, 5000, 200_000, 3_000_000].map {
        Mistake(name: name, size: $0, causes: ["unaligned", "not aligned", "interior", "not from", "foreign"])
      }
    }
    + [
      Mistake(name: "stack", size: 64, causes: ["stack"] + foreign),
      Mistake(name: "static", size: 64, causes: foreign),
      Mistake(name: "mapped", size: 64, causes: foreign),
    ]
    + [1, 2, 7, 8, 9, 15, 16].flatMap { count in
      [16, 64, 1024].map { Mistake(name: "overflow-\(count)", size: $0, causes: ["overflow"]) }
    }

  @Test("a mistake stops the program with a line that names it", arguments: mistakes, Library.allCases)
  func mistake(_ mistake: Mistake, _ library: Library) {
    let ending = MallocProgram("misuse.c").run(
      [mistake.name, "\(mistake.size)"], under: library, settings: ["ACE_CHECK=1"])
    #expect(ending.status == 128 + 6, "abort")
    #expect(ending.errorLines.count == 1)
    let pointers = ending.output.split(separator: "\n").map { $0.dropFirst("pointer ".count) }
    #expect(!pointers.isEmpty)
    #expect(pointers.contains { ending.errors.contains($0) })
    #expect(mistake.causes.contains { ending.errors.contains($0) })
    if mistake.isOfTinyBlock { #expect(ending.errors.contains("class") || ending.errors.contains("bytes")) }
  }

  @Test("a correct program passes", arguments: FamilyCase.mostCalls, Library.allCases)
  func correct(_ program: FamilyCase, _ library: Library) {
    let ending = program.run(under: library, settings: ["ACE_CHECK=1"])
    #expect(ending.status == 0)
    #expect(ending.output == "malloc is of \(library.rawValue)\ndone\n")
    #expect(ending.errors == "")
  }

  @Test("two million correct operations of eight threads pass", arguments: Library.allCases)
  func stress(_ library: Library) {
    let ending = FamilyCase.stress(operationCount: 2_000_000, seed: 2).run(
      under: library, settings: ["ACE_CHECK=1"], timeLimitSeconds: 300)
    #expect(ending.status == 0)
    #expect(ending.output == "malloc is of \(library.rawValue)\ndone\n")
    #expect(ending.errors == "")
  }
}
