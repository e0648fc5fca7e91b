// SPDX-License-Identifier: MIT

import Glibc

/// The standard streams, written whole.
enum Streams {
  /// Data, for programs and people. A reader that has gone away ends the program quietly, as it would any filter.
  static func writeOutput(_ text: String) {
    let code = write(text, STDOUT_FILENO)
    if code == EPIPE { exit(Status.done.rawValue) }
    guard code != 0 else { return }
    Diagnostic.report(outputFailure(code))
    exit(Status.failed.rawValue)
  }

  /// Data of a command whose exit code is its answer: that nobody reads on must not change it.
  static func offerOutput(_ text: String) throws(Failure) {
    let code = write(text, STDOUT_FILENO)
    if code != 0, code != EPIPE { throw outputFailure(code) }
  }

  /// Messages and progress, for people.
  static func writeError(_ text: String) { _ = write(text, STDERR_FILENO) }

  /// Lets writing to a closed pipe or past a size limit be an error with a message instead of a silent end.
  static func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  private static func outputFailure(_ code: Int32) -> Failure {
    Failure(error: "standard output: \(String(cString: strerror(code))) (write)", status: .failed)
  }

  /// Writes all of it, and returns why it could not (`errno`), 0 for no reason.
  private static func write(_ text: String, _ descriptor: Int32) -> Int32 {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      bytes = bytes.dropFirst(count)
    }
    return 0
  }
}
