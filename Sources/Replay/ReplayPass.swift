// SPDX-License-Identifier: MIT

/// What one process measures; a figure never comes from a pass that disturbs it.
public enum ReplayPass: String, CaseIterable, Sendable {
  /// Nothing but the operations between two clock readings.
  case time
  /// RSS, VmSize and live bytes over the operations.
  case memory
  /// The duration of sampled calls.
  case latency
  /// Contents, alignment, overlap and usable size of every block; measures nothing.
  case check
}
