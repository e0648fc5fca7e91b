// SPDX-License-Identifier: MIT

import Glibc

/// Student's t distribution: of the mean of normal numbers, in units of its standard error as estimated from them.
public struct StudentT: Equatable, Sendable {
  /// At least 1; one less than there are numbers in a sample whose mean is asked about.
  public let degreesOfFreedom: Int
  /// Euler's beta function B(degreesOfFreedom / 2, 1 / 2).
  private let beta: Double

  public init(degreesOfFreedom: Int) {
    precondition(degreesOfFreedom >= 1, "Student's t has at least one degree of freedom")
    self.degreesOfFreedom = degreesOfFreedom
    // B(1/2, 1/2) = pi, B(1, 1/2) = 2, and B(a + 1, b) = B(a, b) a / (a + b).
    var beta = degreesOfFreedom.isMultiple(of: 2) ? 2 : Double.pi
    for degrees in stride(from: degreesOfFreedom.isMultiple(of: 2) ? 2 : 1, to: degreesOfFreedom, by: 2) {
      beta *= Double(degrees) / Double(degrees + 1)
    }
    self.beta = beta
  }

  /// P(T <= value).
  public func probability(below value: Double) -> Double {
    precondition(!value.isNaN, "the value is a number")
    return value > 0 ? 1 - tail(beyond: value) : tail(beyond: -value)
  }

  /// The number below which T lies with a probability between 0 and 1, as exact as the tails are computed.
  public func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile's probability is between 0 and 1")
    // Both tails are alike; taking the smaller keeps the digits of small probabilities.
    let smaller = min(probability, 1 - probability)
    guard smaller < 0.5 else { return 0 }
    let magnitude = Double.least(in: 0...Double.greatestFiniteMagnitude) { tail(beyond: $0) <= smaller }
    return probability < 0.5 ? -magnitude : magnitude
  }

  /// P(T > value) for a value that is not negative: with n degrees of freedom and x = n / (n + value^2), half the
  /// regularised incomplete beta function I_x(n/2, 1/2). Abramowitz and Stegun, Handbook of Mathematical Functions,
  /// 26.7.1.
  private func tail(beyond value: Double) -> Double {
    guard value.isFinite else { return 0 }
    let degrees = Double(degreesOfFreedom)
    // sqrt x and sqrt(1 - x) are the cosine and the sine of an angle; neither overflows nor cancels.
    let radius = hypot(degrees.squareRoot(), value)
    let (cosine, sine) = (degrees.squareRoot() / radius, value / radius)
    // x^(n/2) (1 - x)^(1/2) / B
    let front = pow(cosine, degrees) * sine / beta
    let (x, complement) = (cosine * cosine, sine * sine)
    // The fraction converges fast up to (a + 1) / (a + b + 2), the other function's at the complement beyond it.
    if x < (degrees + 2) / (degrees + 5) {
      return front / degrees * IncompleteBetaFraction(a: degrees / 2, b: 0.5).value(at: x)
    }
    return 0.5 - front * IncompleteBetaFraction(a: 0.5, b: degrees / 2).value(at: complement)
  }
}
