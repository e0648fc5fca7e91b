// SPDX-License-Identifier: MIT

/// How many paired differences it takes for the signed-rank interval of their centre to be about as wide as `width`:
/// ceil((2 z sd sqrt(pi / 3) / width)^2), where z is the normal quantile of 1 - tail.
///
/// The interval of normal differences' mean is 2 z sd / sqrt n wide; that of the signed-rank test needs pi / 3 times as
/// many differences, by its asymptotic relative efficiency: Hollander, Wolfe and Chicken, Nonparametric Statistical
/// Methods, section 3.11. Below a dozen differences the real interval is wider, and with too few there is none at all.
///
/// - Parameters:
///   - standardDeviation: Of the differences, in the unit of `width`; not negative.
///   - width: Above zero.
///   - tail: The probability that may lie beyond each end of the interval; 0.025 gives 95 %.
/// - Returns: `Int.max` when no smaller number will do.
public func roundsNeeded(standardDeviation: Double, width: Double, tail: Double = 0.025) -> Int {
  precondition(standardDeviation >= 0 && width > 0, "a standard deviation is not negative, a width is above zero")
  precondition(tail > 0 && tail < 0.5, "a tail probability is between 0 and one half")
  let score = StandardNormal.quantile(1 - tail)
  let ratio = 2 * score * standardDeviation / width
  let rounds = (ratio * ratio * .pi / 3).rounded(.up)
  return rounds < Double(Int.max) ? Int(rounds) : Int.max
}
