// SPDX-License-Identifier: MIT

import ArgumentParser
import Events
import Trace

/// `acebench trace import`
struct TraceImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Turn another tool's trace into one of ours.",
    discussion: """
      Read are Android's memory_replay texts, heaptrack's raw files, Firefox's logalloc (as written and munged), \
      malloc-bench's protocol buffers, glibc's mtrace texts and .wl workloads, and valgrind's --trace-malloc=yes; texts \
      may be compressed with gzip or zstd, or be the first file in a zip. The content says which it is. What the format \
      could not say is told, and kept in the trace.
      """)

  @Argument(help: "The file to read.", completion: .file())
  var source: String

  @Option(name: [.short, .long], help: "The packed trace to write (default: the source's name with .acetrace).")
  var output: String?

  @Option(
    help:
      "What the file is, where its content does not say: \(TraceFormat.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var from: TraceFormat?

  @Option(help: "A line about program, version, command and date to keep in the trace.")
  var provenance: String?

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  func run() throws {
    let trace = try TraceFile.open(path: source, as: from)
    let target = output ?? "\(Self.stem(of: source)).acetrace"
    try PackedOutput.pack(trace, to: target, provenance: provenance, isQuiet: quiet) { summary in
      ["read as \(trace.metadata.origin)"] + trace.metadata.remarks + Self.repairs(summary)
    }
  }

  /// Endings that say what a file was, which an imported trace no longer is.
  private static let endings: Set = [
    "gz", "zst", "zip", "txt", "log", "out", "raw", "trace", "wl", "pb", "mtrace", "valgrind", "heaptrack", "logalloc",
  ]

  /// A file's name without its folder and such endings.
  private static func stem(of path: String) -> String {
    var parts = (path.split(separator: "/").last ?? "").split(separator: ".", omittingEmptySubsequences: false)
    while parts.count > 1, let last = parts.last, endings.contains(String(last)) { parts.removeLast() }
    return parts.joined(separator: ".")
  }

  /// What had to be done for the calls to fit together, a line each.
  private static func repairs(_ summary: EventSummary) -> [String] {
    [
      (summary.unmatchedFreeCount, "frees of blocks that are not live, left out, and reallocs of such, made mallocs"),
      (summary.missedFreeCount, "blocks at an address that was live, which is freed before"),
    ].filter { $0.0 > 0 }.map { "\($0.1): \($0.0)" }
  }
}

extension TraceFormat: ExpressibleByArgument {}
