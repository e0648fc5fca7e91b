// SPDX-License-Identifier: MIT

/// How alike two lists of numbers order the same things: 1 for the same order, -1 for the reverse.
///
/// tau-b of Kendall, "The Treatment of Ties in Ranking Problems", Biometrika 33, 1945: (pairs ordered alike - pairs ordered the
/// other way) / sqrt(pairs that the first list orders * pairs that the second does).
///
/// - Parameters:
///   - first: A number for each thing.
///   - second: As many, in the same order.
/// - Returns: Nil when either list has all things equal, or less than two.
public func kendallTau(_ first: [Double], _ second: [Double]) -> Double? {
  precondition(first.count == second.count, "both lists are of the same things")
  var balance = 0.0
  var orderedByFirst = 0.0
  var orderedBySecond = 0.0
  for index in first.indices {
    for other in 0..<index {
      let signs = (sign(first[index] - first[other]), sign(second[index] - second[other]))
      balance += signs.0 * signs.1
      orderedByFirst += signs.0.magnitude
      orderedBySecond += signs.1.magnitude
    }
  }
  guard orderedByFirst > 0, orderedBySecond > 0 else { return nil }
  return balance / (orderedByFirst * orderedBySecond).squareRoot()
}

private func sign(_ number: Double) -> Double { number > 0 ? 1 : number < 0 ? -1 : 0 }
