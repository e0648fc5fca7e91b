// SPDX-License-Identifier: MIT

/// What a workload writes into a block it was given.
public enum TouchPolicy: String, CaseIterable, Sendable {
  case none
  /// The first byte.
  case first
  /// A byte of every page.
  case page
  /// A byte of every cache line.
  case all
}
