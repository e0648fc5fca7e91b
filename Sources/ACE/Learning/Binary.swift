// SPDX-License-Identifier: MIT

/// Logarithms and powers of two, by arithmetic alone: the C library's would be one more import, and may differ between machines.
enum Binary {
  @inline(__always) private static var naturalLogarithmOfTwo: Double { 0.693_147_180_559_945_3 }
  @inline(__always) private static var squareRootOfTwo: Double { 1.414_213_562_373_095_1 }

  /// The binary logarithm of a normal positive number, at most 1.2e-9 off.
  ///
  /// The exponent is in the bits. For the rest, m from √½ to √2, log2 m = 2 / ln 2 · (t + t³/3 + t⁵/5 + …) with
  /// t = (m − 1) / (m + 1), at most 0.1716 in size; the first term left out is t¹¹ / 11.
  static func logarithm(of number: Double) -> Double {
    var exponent = Int((number.bitPattern >> 52) & 0x7ff) &- 1023
    var rest = Double(bitPattern: number.bitPattern & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000)
    if rest > squareRootOfTwo {
      rest /= 2
      exponent &+= 1
    }
    let ratio = (rest - 1) / (rest + 1)
    let square = ratio * ratio
    let series = 1 + square * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7 + square * (1.0 / 9))))
    return Double(exponent) + 2 / naturalLogarithmOfTwo * ratio * series
  }

  /// Two to the power of a number, at most 8e-9 of it off; powers below -1000 and above 1000 are those of these.
  ///
  /// The whole part is the exponent's bits. For the rest, at most ½ in size, the exponential series to the 7th power of
  /// x = rest · ln 2, at most 0.3466 in size; the first term left out is x⁸ / 8!.
  static func power(_ exponent: Double) -> Double {
    let bounded = exponent > -1000 ? (exponent < 1000 ? exponent : 1000) : -1000
    // Rounded to the nearest.
    let whole = Int(bounded + (bounded < 0 ? -0.5 : 0.5))
    let x = (bounded - Double(whole)) * naturalLogarithmOfTwo
    let high = 1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720 + x * (1.0 / 5040)))
    let series = 1 + x * (1 + x * (1.0 / 2 + x * (1.0 / 6 + x * high)))
    return series * Double(bitPattern: UInt64(whole &+ 1023) << 52)
  }
}
