// SPDX-License-Identifier: MIT

import Glibc

@testable import Profiling

/// A program that the calling thread has started.
struct StartedProgram {
  let process: pid_t

  /// Whether this user may take samples at all.
  static let canBeSampled = (try? ProcessorSampler(.programsOfThisThread).end()) != nil

  /// nil when it cannot be started.
  ///
  /// - Parameter variables: `NAME=value`, all that the program gets.
  init?(_ command: String..., variables: [String] = []) {
    var pointers = command.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var environment = variables.map { strdup($0) } + [nil]
    defer { for pointer in environment { free(pointer) } }
    var process: pid_t = 0
    guard posix_spawn(&process, command[0], nil, nil, &pointers, &environment) == 0 else { return nil }
    self.process = process
  }

  /// Waits for its end; whether that was a good one.
  func wait() -> Bool {
    var status: Int32 = -1
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status == 0
  }
}
