// SPDX-License-Identifier: MIT

import ArgumentParser

/// Whole numbers as people list them: `1,2,4`, `1..8`, or both.
struct NumberList: ExpressibleByArgument {
  /// More than any list a person means.
  private static let largestNumber = 4095

  let numbers: [Int]

  init?(argument: String) {
    var numbers: [Int] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "..", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first >= 0, first <= last,
        last <= Self.largestNumber
      else { return nil }
      numbers += first...last
    }
    guard !numbers.isEmpty else { return nil }
    self.numbers = numbers
  }
}
