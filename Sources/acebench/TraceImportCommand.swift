// SPDX-License-Identifier: MIT

import ArgumentParser
import Trace

/// `acebench trace import`
struct TraceImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Turn another tool's trace into one of ours.",
    discussion:
      "Read are malloc-bench's gzipped protocol buffers. What the format could not say is told and kept in the trace.")

  @Argument(help: "The file to read.", completion: .file())
  var source: String

  @Option(name: [.short, .long], help: "The packed trace to write (default: the source's name with .acetrace).")
  var output: String?

  @Option(help: "A line about program, version, command and date to keep in the trace.")
  var provenance: String?

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    let trace = try TraceFile.open(path: source)
    let name = source.split(separator: "/").last.map(String.init) ?? source
    let target = output ?? "\(name.split(separator: ".").first.map(String.init) ?? name).acetrace"
    try PackedOutput.pack(trace, to: target, provenance: provenance, isQuiet: quiet)
    if !quiet { for remark in trace.metadata.remarks { Diagnostic.note(remark) } }
  }
}
