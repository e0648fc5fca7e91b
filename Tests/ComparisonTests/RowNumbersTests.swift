// SPDX-License-Identifier: MIT

import Comparison
import Testing

@Suite("Numbers of rows in words")
struct RowNumbersTests {
  @Test(
    "are ranges where rows follow one another, and no more than six of them",
    arguments: [
      ([7], "row 7"), ([7, 8], "rows 7, 8"), ([7, 8, 9], "rows 7 to 9"), ([2, 4, 6], "rows 2, 4, 6"),
      ([5, 6, 7, 8, 9, 12], "rows 5 to 9, 12"), ([1, 2, 4, 5], "rows 1, 2, 4, 5"),
      ([1, 3, 5, 7, 9, 11], "rows 1, 3, 5, 7, 9, 11"), ([1, 3, 5, 7, 9, 11, 13], "rows 1, 3, 5, 7, 9, 11 and 1 more"),
      ([1, 3, 5, 7, 9, 11, 20, 21, 22, 30], "rows 1, 3, 5, 7, 9, 11 and 4 more"),
    ] as [([UInt64], String)])
  func words(rows: [UInt64], words: String) {
    var numbers = RowNumbers()
    for row in rows { numbers.append(row) }
    #expect(numbers.description == words)
  }

  @Test("are the same however they came about")
  func equality() {
    var numbers = RowNumbers()
    numbers.append(4)
    #expect(numbers == RowNumbers(4))
    #expect(numbers != RowNumbers())
    numbers.append(5)
    #expect(numbers != RowNumbers(4))
  }
}
