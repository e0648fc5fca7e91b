// SPDX-License-Identifier: MIT

import Results

/// Settings of which every combination is an arm.
public struct AblationFactorial: Equatable, Sendable {
  /// More would be more than 32 arms, and more interactions than anyone reads.
  public static let largestFactorCount = 5

  public var factors: [AblationContrast]
  /// An arm for each combination: in the n-th, factor i has its value `with` where bit i of n is set.
  public var arms: [Arm]

  public init(factors: [AblationContrast], arms: [Arm]) {
    precondition(factors.count <= Self.largestFactorCount && arms.count == 1 << factors.count)
    (self.factors, self.arms) = (factors, arms)
  }

  /// Effects first, then the interactions of two.
  var subjects: [AblationSubject] {
    factors.map(AblationSubject.effect)
      + factors.indices.flatMap { first in
        factors.indices.dropFirst(first + 1).map { .interaction(factors[first], factors[$0]) }
      }
  }

  /// What a round says of a subject, as a difference of goodness.
  ///
  /// An effect is the mean of with less without over all combinations of the others; an interaction is the first's
  /// effect with the second less that without it, on the mean over the others. Box, Hunter and Hunter, Statistics for
  /// Experimenters, chapter 5, take half of that for the interaction.
  ///
  /// - Parameter goodness: That of each arm in the round.
  func difference(_ subject: AblationSubject, _ goodness: [Double]) -> Double {
    let names: [AblationContrast] =
      switch subject {
      case .effect(let factor): [factor]
      case .interaction(let first, let second): [first, second]
      }
    let bits = names.compactMap { factors.firstIndex(of: $0) }
    let sum = goodness.indices.reduce(0.0) { sum, combination in
      let isNegative = !bits.count { combination >> $0 & 1 == 0 }.isMultiple(of: 2)
      return sum + (isNegative ? -goodness[combination] : goodness[combination])
    }
    return sum / Double(1 << (factors.count - bits.count))
  }
}
