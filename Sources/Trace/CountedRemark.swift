// SPDX-License-Identifier: MIT

/// Remarks about what was counted while a trace was read.
enum CountedRemark {
  /// A line for each count that is not zero.
  static func lines(_ counts: [(count: UInt64, what: String)]) -> [String] {
    counts.filter { $0.count > 0 }.map { "\($0.what): \($0.count)" }
  }
}
