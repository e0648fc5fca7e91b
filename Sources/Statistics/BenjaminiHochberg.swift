// SPDX-License-Identifier: MIT

/// p-values of a family of hypotheses, raised so that of those at most q, an expected share of at most q are true
/// hypotheses (rejected wrongly), as long as the p-values are independent or rise and fall together.
///
/// Benjamini and Hochberg, "Controlling the False Discovery Rate", Journal of the Royal Statistical Society B 57, 1995:
/// of m ascending p-values, the i-th becomes min over j >= i of m p(j) / j, and at most 1.
///
/// - Returns: In the order of `probabilities`, which are from 0 to 1.
public func benjaminiHochbergAdjusted(_ probabilities: [Double]) -> [Double] {
  precondition(probabilities.allSatisfy { (0...1).contains($0) }, "probabilities are from 0 to 1")
  var adjusted = probabilities
  var smallest = 1.0
  var rank = probabilities.count
  for index in probabilities.indices.sorted(by: { probabilities[$0] > probabilities[$1] }) {
    smallest = min(smallest, Double(probabilities.count) * probabilities[index] / Double(rank))
    adjusted[index] = smallest
    rank -= 1
  }
  return adjusted
}
