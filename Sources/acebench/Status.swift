// SPDX-License-Identifier: MIT

/// The exit codes, the same for every command. 64, 69 and 70 are those of sysexits.h.
enum Status: Int32 {
  case done = 0
  /// A gate found a loss.
  case regression = 10
  /// A gate found neither a loss nor that there is none.
  case inconclusive = 11
  /// What was compared must not be, or a control failed.
  case invalid = 12
  case usage = 64
  /// Something that is needed is missing.
  case unavailable = 69
  /// A measurement failed, or its results could not be written.
  case failed = 70
  /// The user interrupted; what was finished is on disk.
  case interrupted = 130
}
