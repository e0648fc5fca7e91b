// SPDX-License-Identifier: MIT

import Glibc
import Synchronization
import TestSupport

/// The C programs and libraries of Programs, compiled once for each set of options.
enum Compiled {
  private static let known = Mutex<[String: String]>([:])

  /// An allocator library: `Programs/tiny.c` with a fault, such as `CRASHES`, or none.
  static func allocator(_ fault: String = "SOUND") -> String {
    // Its functions call one another, and not those of the same name in the C library.
    compiled("tiny", "allocator-\(fault).so", "-shared -fPIC -Wl,-Bsymbolic -D\(fault)")
  }

  static func program(_ name: String, _ options: String = "") -> String {
    compiled(name, name + options.replacing(" ", with: ""), options)
  }

  private static func compiled(_ source: String, _ product: String, _ options: String) -> String {
    known.withLock { known in
      if let path = known[product] { return path }
      let path = Products.path("endtoend-" + product)
      let ending = shell(
        "$(command -v clang || command -v cc) -O1 -fno-builtin -pthread -w \(options) -o '\(path).\(getpid())'"
          + " '\(Sandbox.sources)/Tests/EndToEndTests/Programs/\(source).c' && mv '\(path).\(getpid())' '\(path)'")
      precondition(ending.status == 0, ending.output)
      known[product] = path
      return path
    }
  }

  /// Runs a command of the shell and returns both of its streams as one.
  static func shell(_ command: String) -> (output: String, status: Int32) {
    guard let pipe = popen("{ \(command) ; } 2>&1", "re") else { return ("", -1) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, pipe), count > 0 { bytes += part[..<count] }
    return (String(decoding: bytes, as: UTF8.self), pclose(pipe) >> 8)
  }
}
