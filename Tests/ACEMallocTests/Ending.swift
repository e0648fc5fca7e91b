// SPDX-License-Identifier: MIT

/// How a program ended, and what it wrote.
struct Ending {
  /// What the shell calls it: the exit code, or 128 + the signal, or 124 or 137 when the time was over.
  var status: Int32
  var output: String
  var errors: String

  var isHung: Bool { status == 124 || status == 137 }
  var errorLines: [Substring] { errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }
}
