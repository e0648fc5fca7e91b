// SPDX-License-Identifier: MIT

import Glibc

/// How many of a number of independent trials succeed.
public struct Binomial: Equatable, Sendable {
  public let trialCount: Int
  /// Of each trial, from 0 to 1.
  public let successProbability: Double

  public init(trialCount: Int, successProbability: Double) {
    precondition(trialCount >= 0 && (0...1).contains(successProbability), "a count, and a probability")
    self.trialCount = trialCount
    self.successProbability = successProbability
  }

  /// P(X = k) = C(n, k) p^k (1 - p)^(n - k), by logarithms so that large n do not overflow.
  public func probability(of count: Int) -> Double {
    guard (0...trialCount).contains(count) else { return 0 }
    if successProbability == 0 { return count == 0 ? 1 : 0 }
    if successProbability == 1 { return count == trialCount ? 1 : 0 }
    let choices = lgamma(Double(trialCount) + 1) - lgamma(Double(count) + 1) - lgamma(Double(trialCount - count) + 1)
    return exp(
      choices + Double(count) * log(successProbability) + Double(trialCount - count) * log1p(-successProbability))
  }

  /// P(X <= k).
  public func probability(upTo count: Int) -> Double {
    count < 0 ? 0 : min(1, (0...min(count, trialCount)).reduce(0) { $0 + probability(of: $1) })
  }

  /// The smallest k that is exceeded with a probability of at most `tail`.
  public func upperBound(tail: Double) -> Int {
    (0...trialCount).first { 1 - probability(upTo: $0) <= tail } ?? trialCount
  }

  /// The largest k that is not reached with a probability of at most `tail`.
  public func lowerBound(tail: Double) -> Int {
    (0...trialCount).last { probability(upTo: $0 - 1) <= tail } ?? 0
  }
}
