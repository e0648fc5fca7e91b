// SPDX-License-Identifier: MIT

import Results

extension Outcome {
  /// How a process ended, in words for a table: `crash (signal 11)`, `exit (code 3)`, `timeout`.
  var words: String {
    if let signal { return "\(status.rawValue) (signal \(signal))" }
    if status == .exit, let exitCode { return "exit (code \(exitCode))" }
    return status == .oom ? "out of memory" : status.rawValue
  }
}
