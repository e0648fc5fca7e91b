// SPDX-License-Identifier: MIT

/// The averages (d[i] + d[j]) / 2 of all pairs i <= j of n differences, n(n+1)/2 numbers in ascending order, none of
/// which is stored: what is asked for is found among the sorted differences, in at most 64 passes over them.
public struct WalshAverages: Equatable, Sendable {
  /// Ascending.
  private let differences: [Double]

  /// - Returns: Nil when there are no differences or one of them is not finite.
  public init?(_ differences: [Double]) {
    guard !differences.isEmpty, differences.allSatisfy(\.isFinite) else { return nil }
    self.differences = differences.sorted()
  }

  /// n(n+1)/2.
  public var count: Int { differences.count * (differences.count + 1) / 2 }

  /// The k-th smallest average as it comes out in floating point, exactly; a zero is positive.
  ///
  /// - Parameter rank: From 1, the smallest, to `count`, the largest.
  public func select(rank: Int) -> Double {
    precondition(rank >= 1 && rank <= count, "an average's rank is between one and their count")
    // Halving goes by the order of all doubles, not by their distance, so that any spread of numbers takes 64 steps. It
    // takes far fewer because both ends move on to averages that there are. They always hold the one that is sought.
    var low = average(0, 0).ordinal
    var high = average(differences.count - 1, differences.count - 1).ordinal
    while low < high {
      let border = border(at: Double(ordinal: floorOfMean(low, high)))
      if border.count >= rank { high = border.below.ordinal } else { low = border.above.ordinal }
    }
    return Double(ordinal: low)
  }

  /// The average in the middle, or the mean of the two in the middle.
  public var median: Double {
    let lower = select(rank: (count + 1) / 2)
    guard count.isMultiple(of: 2) else { return lower }
    let border = border(at: lower)
    let upper = border.count > count / 2 ? lower : border.above
    return lower + 0.5 * (upper - lower)
  }

  /// How many averages are at most `value`, the largest of them, and the smallest of the others; minus or plus infinity
  /// where there are none.
  private func border(at value: Double) -> (count: Int, below: Double, above: Double) {
    var count = 0
    var below = -Double.infinity
    var above = Double.infinity
    // Rounding keeps order, so the computed averages rise along both indices. As the first index rises, the last second
    // index whose average is not above the value falls: one pass meets every average at the border.
    var first = 0
    var second = differences.count - 1
    while first <= second {
      let average = average(first, second)
      if average <= value {
        count += second - first + 1
        below = max(below, average)
        first += 1
      } else {
        above = min(above, average)
        second -= 1
      }
    }
    return (count, below, above)
  }

  private func average(_ first: Int, _ second: Int) -> Double { (differences[first] + differences[second]) / 2 }
}
