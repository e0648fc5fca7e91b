// SPDX-License-Identifier: MIT

import Statistics
import TestSupport
import Testing

@Suite("Kendall's tau")
struct KendallTauTests {
  @Test("is 1 for the same order and -1 for the reverse, however far numbers are apart")
  func extremes() throws {
    #expect(kendallTau([1, 5, 2, 9], [10, 12, 11, 99]) == 1)
    #expect(kendallTau([1, 5, 2, 9], [-1, -5, -2, -9]) == -1)
  }

  @Test("counts pairs, and corrects for ties in either list")
  func counted() throws {
    // Of six pairs five agree and one does not.
    #expect(kendallTau([1, 2, 3, 4], [1, 2, 4, 3]) == 4.0 / 6)
    // One tie in the first list, none in the second: five ordered pairs against six, all that are ordered alike.
    #expect(kendallTau([1, 1, 2, 3], [1, 2, 3, 4]) == 5 / (5.0 * 6).squareRoot())
    #expect(kendallTau([1, 1, 2], [5, 5, 6]) == 1)
  }

  @Test("does not exist where nothing is ordered")
  func none() {
    #expect(kendallTau([], []) == nil)
    #expect(kendallTau([1], [2]) == nil)
    #expect(kendallTau([3, 3, 3], [1, 2, 3]) == nil)
    #expect(kendallTau([1, 2, 3], [3, 3, 3]) == nil)
  }
}
