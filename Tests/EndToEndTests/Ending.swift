// SPDX-License-Identifier: MIT

/// How a program ended, and what it wrote.
struct Ending {
  /// The exit code, or 128 + the signal.
  var status: Int32
  var output: String
  var errors: String
}
