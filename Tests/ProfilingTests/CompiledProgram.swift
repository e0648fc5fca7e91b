// SPDX-License-Identifier: MIT

import Glibc
import Synchronization
import TestSupport

/// The programs of Programs, compiled once for each set of options.
enum CompiledProgram {
  private static let known = Mutex<[String: String]>([:])

  /// The folder of the sources of these tests.
  static let sources: String = {
    let file = #filePath
    return String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)]) + "/Programs"
  }()

  /// Spends its time in functions that are known.
  static let busy = path("busy.c", "-O1 -fno-omit-frame-pointer -pthread")

  /// A source's program.
  ///
  /// - Parameter command: Of the shell, done to the file afterwards, such as `strip`.
  static func path(_ source: String, _ options: String, then command: String = "") -> String {
    known.withLock { known in
      let key = "\(source) \(options) \(command)"
      if let path = known[key] { return path }
      let path = Products.path("profiling-\(known.count)-\(source.prefix { $0 != "." })")
      let compiler = source.hasSuffix(".swift") ? "swiftc" : source.hasSuffix(".cpp") ? "clang++" : "clang"
      let status = shell(
        "\(compiler) \(options) -o '\(path).\(getpid())' '\(sources)/\(source)'"
          + (command.isEmpty ? "" : " && \(command) '\(path).\(getpid())'") + " && mv '\(path).\(getpid())' '\(path)'"
      ).status
      precondition(status == 0, "\(source) cannot be compiled")
      known[key] = path
      return path
    }
  }

  /// Runs a command of the shell; what it wrote to standard output.
  static func shell(_ command: String) -> (output: String, status: Int32) {
    guard let pipe = popen(command, "re") else { return ("", -1) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, pipe), count > 0 { bytes += part[..<count] }
    return (String(decoding: bytes, as: UTF8.self), pclose(pipe) >> 8)
  }

  static func isInstalled(_ program: String) -> Bool { shell("command -v \(program)").status == 0 }
}
