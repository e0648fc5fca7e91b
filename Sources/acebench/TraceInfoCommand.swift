// SPDX-License-Identifier: MIT

import ArgumentParser
import Reports
import Trace

/// `acebench trace info`
struct TraceInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a trace holds: program, counts, peaks, sizes, lifetimes, threads.",
    discussion: """
      The text has everything. The other formats have a record for each trace, or, with --histogram, one for each bucket \
      of sizes or lifetimes or for each thread.
      """)

  @Argument(help: "Traces, in any format.", completion: .file(extensions: ["acetrace"]))
  var traces: [String]

  @Option(
    help: """
      Show one histogram as records: \(TraceInfoRecords.Histogram.allCases.map(\.rawValue).joined(separator: ", ")) \
      (lifetimes are in operations, times in nanoseconds).
      """)
  var histogram: TraceInfoRecords.Histogram?

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    if let histogram { return try showRecords(TraceInfoRecords(histogram)) }
    guard show.format != .text else {
      for path in traces {
        Streams.writeOutput(TraceInfoText(try information(path), width: Terminal.width ?? 80).render(path: path) + "\n")
      }
      return
    }
    var table = RecordTable(fields: ["trace"] + TraceFacts.names)
    for path in traces {
      table.append([.text(path)] + TraceFacts(try information(path)).values)
    }
    show.show(table)
  }

  private func showRecords(_ records: TraceInfoRecords) throws {
    var table = RecordTable(fields: records.fields)
    for path in traces {
      let information = try information(path)
      if records.histogram == .times, !information.hasTimes { Diagnostic.warn("\(path) has no times") }
      for record in records.records(of: information, path: path) { table.append(record) }
    }
    show.show(table)
  }

  private func information(_ path: String) throws -> TraceInformation {
    var progress = ProgressLine(isEnabled: !show.quiet)
    defer { ProgressLine.clear() }
    return try TraceInformation(path: path) { count in progress.show(count: count, of: "events read") }
  }
}
