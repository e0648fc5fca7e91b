// SPDX-License-Identifier: MIT

/// How a command ended, and what it wrote.
struct Ending {
  /// The exit code, or 128 + the signal.
  var status: Int32
  var output: String
  var errors: String

  /// Whether it was ended because its time was up.
  var ranOutOfTime: Bool { status == 124 || status == 128 + 9 }

  /// Whether a process of it ended with the report that ACE writes when ACE_STATS is set, and had blocks of ACE.
  var hasReport: Bool {
    errors.split(separator: "\n").contains { $0.hasPrefix("ace:") && $0.contains(/\b[1-9][0-9]* refills/) }
  }

  /// What it wrote to standard error, for messages: the last of it, without reports of ACE.
  var lastErrors: String {
    errors.split(separator: "\n").filter { !$0.hasPrefix("ace:") }.suffix(20).joined(separator: "\n")
  }
}
