// SPDX-License-Identifier: MIT

import ArgumentParser
import Trace

/// `acebench trace convert`
struct TraceConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Pack a trace: small, checked, and quick to replay.")

  @Argument(help: "The trace to read, in any format.", completion: .file())
  var source: String

  @Argument(help: "The packed trace to write.", completion: .file(extensions: ["acetrace"]))
  var target: String

  @Option(help: "A line about program, version, command and date to keep in the trace.")
  var provenance: String?

  @Flag(help: "Keep what the allocator sees, and drop what tells of the machine: environment, memory map, folders.")
  var anonymize = false

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    try PackedOutput.pack(
      try TraceFile.open(path: source), to: target, provenance: provenance, anonymizes: anonymize, isQuiet: quiet)
  }
}
