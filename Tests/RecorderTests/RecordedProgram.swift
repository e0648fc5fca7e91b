// SPDX-License-Identifier: MIT

import Events
import Glibc
import TestSupport
import Trace

/// A program run with the recorder, in a folder of its own that goes when this does.
final class RecordedProgram {
  let folder: String
  /// What the program wrote to standard output and standard error.
  private(set) var output = ""
  /// As `waitpid` has it.
  private(set) var status: Int32 = 0

  static let recorder = Products.path("libacerecord.so")

  /// The program of Programs/<name>.c, compiled once; `variant` tells programs of one source with other options apart.
  static func compiled(_ name: String, variant: String = "", options: String = "") -> String {
    let source = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/") ?? #filePath.endIndex))
    let program = Products.path("recorded-\(name)\(variant)")
    let (output, status) = shell(
      "$(command -v clang || command -v cc) -O1 -fno-builtin -pthread -w \(options) -o '\(program).$$'"
        + " '\(source)/Programs/\(name).c' && mv '\(program).$$' '\(program)'")
    precondition(status == 0, output)
    return program
  }

  static let calls = compiled("calls")

  /// A library that brings its own malloc, if this machine has one.
  static let otherAllocator: String? = {
    let found = shell(
      "ls /usr/lib/*/libmimalloc.so.2* /usr/lib/*/libjemalloc.so.2 /usr/lib/*/libtcmalloc_minimal.so.4 2>/dev/null")
    return found.output.split(separator: "\n").first.map(String.init)
  }()

  /// Runs a command of the shell, recorded. `settings` are given as `NAME=value`; `before` is run first, not recorded.
  init(_ command: String, settings: [String] = [], preload: [String] = [], before: String = ":") {
    var template = Array("/tmp/acebench-recorder-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder")
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let libraries = ([Self.recorder] + preload).joined(separator: ":")
    let environment = (["LD_PRELOAD=\(libraries)", "ACERECORD_OUTPUT=\(folder)/trace"] + settings)
      .map { "'\($0)'" }.joined(separator: " ")
    (output, status) = Self.shell("cd '\(folder)'; \(before); exec env \(environment) \(command)")
  }

  deinit { _ = Self.shell("rm -rf '\(folder)'") }

  /// The names of the traces that were written.
  var traces: [String] {
    Self.shell("cd '\(folder)' && ls").output.split(separator: "\n").map(String.init)
  }

  /// What a reader makes of a trace.
  func read(_ name: String = "trace") throws -> (events: [Event], metadata: TraceMetadata) {
    let reader = try RawTraceReader(path: "\(folder)/\(name)")
    let collected = CollectedEvents()
    try reader.send(to: collected)
    return (collected.events, reader.metadata)
  }

  func byteCount(of name: String = "trace") -> Int {
    var status = stat()
    return stat("\(folder)/\(name)", &status) == 0 ? Int(status.st_size) : 0
  }

  /// Runs a command of the shell and returns what it wrote.
  static func shell(_ command: String) -> (output: String, status: Int32) {
    guard let pipe = popen("{ \(command) ; } 2>&1", "r") else { return ("", -1) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, pipe), count > 0 { bytes += part[..<count] }
    return (String(decoding: bytes, as: UTF8.self), pclose(pipe))
  }
}
