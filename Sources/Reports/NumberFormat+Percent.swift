// SPDX-License-Identifier: MIT

import Glibc

extension NumberFormat {
  /// A fraction in percent, one digit after the point below ten: `5.1 %`, `12 %`, `less than 0.1 %`.
  static func percent(_ fraction: Double) -> String {
    let percent = fraction * 100
    if percent != 0, percent.magnitude < 0.05 { return "less than 0.1 %" }
    return fixed(percent, decimals: percent.magnitude < 9.95 ? 1 : 0) + " %"
  }

  /// A limit in percent as somebody would have set it: `2 %`, `2.5 %`.
  static func limit(_ fraction: Double) -> String {
    let text = fixed(fraction * 100, decimals: 1)
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + " %"
  }

  /// A ratio near one with three digits after the point: `0.951`.
  static func ratio(_ ratio: Double) -> String {
    ratio >= 0.1 && ratio < 10 ? fixed(ratio, decimals: 3) : significant(ratio)
  }

  /// A probability with four digits after the point.
  static func probability(_ probability: Double) -> String {
    probability < 0.00005 ? "< 0.0001" : fixed(probability, decimals: 4)
  }
}
