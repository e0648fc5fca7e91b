// SPDX-License-Identifier: MIT

import Testing

@testable import Workloads

@Suite("Nearest names")
struct NearestNameTests {
  @Test(
    "the distance counts insertions, deletions, replacements and swaps",
    arguments: [
      ("", "", 0), ("abc", "abc", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1),
      ("larson", "lasron", 1), ("ca", "abc", 3), ("slots", "slot", 1),
    ])
  func distance(first: String, second: String, expected: Int) {
    #expect(NearestName.editDistance(first, second) == expected)
    #expect(NearestName.editDistance(second, first) == expected)
  }

  @Test("the closest come first, far ones and all beyond the limit not at all")
  func suggestions() {
    let names = ["stages", "large", "larson", "fleet", "slots", "slot"]
    #expect(NearestName.suggestions(for: "slosts", among: names) == ["slots", "slot"])
    #expect(NearestName.suggestions(for: "larg", among: names) == ["large"])
    #expect(NearestName.suggestions(for: "fl", among: names) == ["fleet"])
    #expect(NearestName.suggestions(for: "zzz", among: names) == [])
    #expect(NearestName.suggestions(for: "slots", among: names, limit: 1) == ["slots"])
  }
}
