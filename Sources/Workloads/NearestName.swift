// SPDX-License-Identifier: MIT

/// Finds the names that someone may have meant by one that does not exist.
public enum NearestName {
  /// The candidates closest to `name` by edit distance, closest first, ties in the order given; those farther than a
  /// third of the longer name's length (and at least 1) are left out, unless one begins with the other.
  public static func suggestions(for name: String, among candidates: [String], limit: Int = 3) -> [String] {
    let scored = candidates.enumerated().compactMap { index, candidate -> (distance: Int, index: Int)? in
      let distance = editDistance(name, candidate)
      let allowance = max(1, max(name.count, candidate.count) / 3)
      let isPrefix = name.count >= 2 && candidate.hasPrefix(name)
      return distance <= allowance || isPrefix ? (distance, index) : nil
    }
    return scored.sorted { $0 < $1 }.prefix(limit).map { candidates[$0.index] }
  }

  /// The number of letters to insert, delete, replace or swap with their neighbour to turn one name into the other
  /// (optimal string alignment: Damerau, CACM 1964).
  public static func editDistance(_ first: String, _ second: String) -> Int {
    let from = Array(first)
    let to = Array(second)
    var beforeLast = [Int](repeating: 0, count: to.count + 1)
    var last = Array(0...to.count)
    for row in from.indices {
      var current = [row + 1] + [Int](repeating: 0, count: to.count)
      for column in to.indices {
        let replacement = last[column] + (from[row] == to[column] ? 0 : 1)
        current[column + 1] = min(replacement, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
          current[column + 1] = min(current[column + 1], beforeLast[column - 1] + 1)
        }
      }
      beforeLast = last
      last = current
    }
    return last[to.count]
  }
}
