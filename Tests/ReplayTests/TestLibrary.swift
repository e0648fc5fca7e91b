// SPDX-License-Identifier: MIT

import Experiments
import Glibc
import TestSupport
import Testing

/// Shared libraries of allocators, compiled from `Libraries` for one test.
struct TestLibrary {
  let path: String
  private let folder = TemporaryFolder()

  init(_ name: String, options: [String] = []) throws {
    path = folder.file("lib\(name).so")
    let here = #filePath
    let source = here[..<(here.lastIndex(of: "/") ?? here.endIndex)] + "/Libraries/\(name).c"
    let search = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    // The toolchain brings clang; any other C compiler would do.
    let ending = try ChildProcess(
      path: "/bin/sh",
      arguments: [
        "-c", "exec \"$(command -v clang || command -v cc)\" \"$@\"", "sh", "-O1", "-fno-builtin", "-shared", "-fPIC",
        "-o", path, String(source),
      ] + options,
      environment: ["PATH=" + search], timeLimitSeconds: 60
    ).run()
    let errors = String(decoding: ending.standardErrorTail, as: UTF8.self)
    try #require(ending.exitCode == 0, "\(name).c does not compile: \(errors)")
  }
}
