// SPDX-License-Identifier: MIT

/// The continued fraction 1 / (1 + d1 / (1 + d2 / (1 + …))) in the regularised incomplete beta function
/// I_x(a, b) = x^a (1 - x)^b / (a B(a, b)) times the fraction.
///
/// NIST Digital Library of Mathematical Functions, 8.17.22 and 8.17.23, evaluated from the front by the method of Lentz
/// as modified by Thompson and Barnett, "Coulomb and Bessel Functions of Complex Arguments and Order", Journal of
/// Computational Physics 64, 1986.
struct IncompleteBetaFraction {
  let a: Double
  let b: Double

  /// - Parameter x: From 0 to (a + 1) / (a + b + 2), where the terms become small after about sqrt(max(a, b)) of them.
  func value(at x: Double) -> Double {
    // The denominator 1 + d1 / (1 + …) as far as the terms go, and of its own approximations the ratio of one numerator
    // to that before, and of the denominator before to this one.
    var value = 1.0
    var numeratorRatio = 1.0
    var denominatorRatio = 0.0
    var term = 0
    while true {
      term += 1
      let coefficient = coefficient(term) * x
      numeratorRatio = Self.notZero(1 + coefficient / numeratorRatio)
      denominatorRatio = 1 / Self.notZero(1 + coefficient * denominatorRatio)
      let change = numeratorRatio * denominatorRatio
      value *= change
      if abs(change - 1) <= Double.ulpOfOne || term == Self.termLimit { return 1 / value }
    }
  }

  /// d(k) / x: for k = 2m it is m(b - m) / ((a + 2m - 1)(a + 2m)),
  /// for k = 2m + 1 it is -(a + m)(a + b + m) / ((a + 2m)(a + 2m + 1)).
  private func coefficient(_ term: Int) -> Double {
    let half = Double(term / 2)
    let twice = a + 2 * half
    return term.isMultiple(of: 2)
      ? half * (b - half) / ((twice - 1) * twice) : -(a + half) * (a + b + half) / (twice * (twice + 1))
  }

  /// A ratio that vanishes by accident would end in a division by zero.
  private static func notZero(_ ratio: Double) -> Double { ratio == 0 ? Double.leastNormalMagnitude : ratio }

  /// Far above what 10^8 degrees of freedom need.
  private static let termLimit = 100_000
}
