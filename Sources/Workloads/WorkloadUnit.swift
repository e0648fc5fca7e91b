// SPDX-License-Identifier: MIT

/// What a parameter's number counts, and so which suffixes its text may carry.
public enum WorkloadUnit: Sendable {
  case count
  case bytes
  case milliseconds
  /// A share, from 0 to 1 unless the range says otherwise.
  case fraction

  /// Suffixes from the largest to the smallest, with what each multiplies by.
  var suffixes: [(text: String, factor: UInt64)] {
    switch self {
    case .count, .fraction: []
    case .bytes: [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)]
    case .milliseconds: [("ms", 1), ("s", 1000)]
    }
  }
}
