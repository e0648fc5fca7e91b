// SPDX-License-Identifier: MIT

/// How many quiet periods in a row it takes to lower what was raised. Where lowering brought the noise back, it was a mistake:
/// each doubles the periods, and each lowering that follows another halves them. So a load that comes and goes leads to fewer and
/// fewer changes, and one that has ended to the least in the end.
struct Patience {
  /// Periods at first, and never fewer.
  private let least: UInt8
  private var needed: UInt8
  private var quiet: UInt8 = 0
  private var hasLowered = false

  @inline(__always) static var most: UInt8 { 128 }

  init(periods: UInt8) {
    least = periods
    needed = periods
  }

  /// Notes a period.
  mutating func note(isQuiet: Bool) { quiet = isQuiet ? min(quiet &+ 1, Self.most) : 0 }

  /// Whether it is time to lower. Where nothing at all happens no mistake can be made, and the least is enough.
  func isOver(idle: Bool) -> Bool { quiet >= (idle ? least : needed) }

  mutating func raised() {
    if hasLowered { needed = needed >= Self.most / 2 ? Self.most : needed &* 2 }
    hasLowered = false
    quiet = 0
  }

  mutating func lowered() {
    if hasLowered { needed = max(needed / 2, least) }
    hasLowered = true
    quiet = 0
  }
}
