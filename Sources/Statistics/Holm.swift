// SPDX-License-Identifier: MIT

/// p-values of a family of hypotheses, raised so that rejecting those at most alpha rejects any true one with a
/// probability of at most alpha, however the p-values depend on one another.
///
/// Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979: of m
/// ascending p-values, the i-th becomes max over j <= i of (m - j + 1) p(j), and at most 1.
///
/// - Returns: In the order of `probabilities`, which are from 0 to 1.
public func holmAdjusted(_ probabilities: [Double]) -> [Double] {
  precondition(probabilities.allSatisfy { (0...1).contains($0) }, "probabilities are from 0 to 1")
  var adjusted = probabilities
  var largest = 0.0
  for (rank, index) in probabilities.indices.sorted(by: { probabilities[$0] < probabilities[$1] }).enumerated() {
    largest = max(largest, min(1, Double(probabilities.count - rank) * probabilities[index]))
    adjusted[index] = largest
  }
  return adjusted
}
