// SPDX-License-Identifier: MIT

import Experiments
import Glibc
import TestSupport

/// The C programs of Programs.
enum CompiledProgram {
  /// Makes a known number of system calls.
  static let calls = compiled("calls")

  private static func compiled(_ name: String) -> String {
    let path = Products.path("profiling-\(name)")
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let command =
      "$(command -v clang || command -v cc) -O1 -pthread -o '\(path).\(getpid())' '\(folder)/Programs/\(name).c'"
      + " && mv '\(path).\(getpid())' '\(path)'"
    precondition(system(command) == 0, "\(name).c does not compile")
    return path
  }
}
