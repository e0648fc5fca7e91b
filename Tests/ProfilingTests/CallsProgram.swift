// SPDX-License-Identifier: MIT

import Glibc
import TestSupport

/// The C program that makes a known number of system calls, compiled.
enum CallsProgram {
  static let path: String = {
    let path = Products.path("profiling-calls")
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let command =
      "$(command -v clang || command -v cc) -O1 -pthread -o '\(path).\(getpid())' '\(folder)/Programs/calls.c'"
      + " && mv '\(path).\(getpid())' '\(path)'"
    precondition(system(command) == 0, "calls.c does not compile")
    return path
  }()
}
