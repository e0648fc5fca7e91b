// SPDX-License-Identifier: MIT

import Glibc

/// How much worse a candidate may be, and how small a loss the gate must be able to rule out.
///
/// Between the two lies what the gate may answer either way: with one margin only, every change that does nothing would
/// have to be shown to do nothing to the last digit.
public struct Margins: Codable, Equatable, Sendable {
  /// The largest loss that is accepted, as a fraction of the base: 0.02 for 2 %.
  public var tolerate: Double
  /// The smallest loss that must be excluded for a pass; larger than `tolerate`.
  public var detect: Double

  public init(tolerate: Double = 0.02, detect: Double = 0.05) {
    self.tolerate = tolerate
    self.detect = detect
  }

  /// Whether both are fractions and in order, and far enough apart to be told from one another.
  public var isValid: Bool { tolerate >= 0 && tolerate < detect && detect < 1 && gap > 0 }

  /// ln(1 - tolerate): a logarithm of a ratio below it is a loss that is not accepted.
  public var tolerateLog: Double { log1p(-tolerate) }

  /// ln(1 - detect).
  public var detectLog: Double { log1p(-detect) }

  /// How narrow an interval has to be to lie on one side or the other: the distance between both logarithms.
  public var gap: Double { tolerateLog - detectLog }
}
