// SPDX-License-Identifier: MIT

/// What a process is measured for; the three disturb one another, so each has its own process.
public enum Pass: String, CaseIterable, Sendable {
  /// Nothing but the operations between two reads of the clock.
  case time
  /// The timeline of memory and its peaks.
  case memory
  /// Single calls, sampled.
  case latency
}
