// SPDX-License-Identifier: MIT

import Glibc

/// The folder of the running program, where its worker and its libraries lie too.
public enum ProgramFolder {
  /// nil when `/proc` is not mounted.
  public static let path: String? = {
    guard let resolved = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(resolved) }
    let program = String(cString: resolved)
    return program.lastIndex(of: "/").map { String(program[..<$0]) }
  }()
}
