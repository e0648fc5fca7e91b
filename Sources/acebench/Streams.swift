// SPDX-License-Identifier: MIT

import Glibc

/// The standard streams, written whole.
enum Streams {
  /// Data, for programs and people. A reader that has gone away ends the program quietly, as it would any filter.
  static func writeOutput(_ text: String) { write(text, STDOUT_FILENO) }

  /// Messages and progress, for people.
  static func writeError(_ text: String) { write(text, STDERR_FILENO) }

  /// Lets writing to a closed pipe or past a size limit be an error with a message instead of a silent end.
  static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func endWithoutOutput(_ code: Int32) -> Never {
    if code == EPIPE { exit(Status.done.rawValue) }
    Diagnostic.report(
      Failure(error: "standard output: \(String(cString: strerror(code))) (write)", status: .failed))
    exit(Status.failed.rawValue)
  }

  private static func write(_ text: String, _ descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if descriptor == STDOUT_FILENO { endWithoutOutput(errno) }
        return
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
