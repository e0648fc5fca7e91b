// SPDX-License-Identifier: MIT

import ArgumentParser
import Events
import Reports
import Trace

/// `acebench trace info`
struct TraceInfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a trace holds: program, counts, peaks, sizes, lifetimes.")

  @Argument(help: "Traces, in any format.", completion: .file(extensions: ["acetrace"]))
  var traces: [String]

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    if show.format == .text { return try traces.forEach(describe) }
    var table = RecordTable(fields: ["trace"] + TraceFacts.names)
    for path in traces {
      table.append([.text(path)] + TraceFacts(try information(path)).values)
    }
    show.show(table)
  }

  private func information(_ path: String) throws -> TraceInformation {
    var progress = ProgressLine(isEnabled: !show.quiet)
    defer { ProgressLine.clear() }
    return try TraceInformation(path: path) { count in progress.show(count: count, of: "events read") }
  }

  private func describe(_ path: String) throws {
    let information = try information(path)
    let metadata = information.metadata
    var text = path + "\n"
    func line(_ label: String, _ value: String) {
      if !value.isEmpty { text += "  \(label.padded(to: 18)) \(value)\n" }
    }
    line("origin", metadata.origin)
    line("provenance", metadata.provenance)
    line("command", metadata.commandLine.joined(separator: " "))
    line("order", "\(metadata.order)")
    if let recording = metadata.stackRecording {
      line("stacks", StackWords.method(of: recording))
      line("stack cost", StackWords.cost(of: recording) ?? "")
      for remark in recording.remarks { line("remark", remark) }
    }
    for (name, value) in zip(TraceFacts.names, TraceFacts(information).values) {
      line(name.replacing("_", with: " "), value.plainText)
    }
    for remark in metadata.remarks { line("remark", remark) }
    Streams.writeOutput(text + "\n" + histograms(information) + "\n")
  }

  private func histograms(_ information: TraceInformation) -> String {
    let width = Terminal.width ?? 80
    let histograms = information.histograms
    return "  requested sizes\n" + chart(histograms.requestCountBySizeBucket, unit: "B", width: width)
      + "\n  lifetimes in operations\n" + chart(histograms.blockCountByLifetimeBucket, unit: "", width: width)
      + "\n  most frequent sizes: "
      + histograms.mostFrequentSizes(limit: 8).map { "\($0.byteCount) B × \($0.requestCount)" }.joined(separator: ", ")
      + "\n"
  }

  /// Bars for the buckets between the first and the last that hold anything.
  private func chart(_ counts: [UInt64], unit: String, width: Int) -> String {
    guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
      return "    none\n"
    }
    let total = Double(counts.reduce(0, +))
    let bars = (first...last).map { bucket in
      BarChart.Bar(
        label: "    " + Self.label(of: bucket, unit: unit), value: Double(counts[bucket]),
        note: "\(NumberFormat.significant(Double(counts[bucket]) / total * 100)) %")
    }
    return BarChart(bars: bars).render(width: width)
  }

  /// The range of a bucket: 0, then one for each power of two.
  private static func label(of bucket: Int, unit: String) -> String {
    guard bucket > 0 else { return "0" }
    let low = UInt64(1) << UInt64(bucket - 1)
    let high = low * 2 - 1
    let suffix = unit.isEmpty ? "" : " \(unit)"
    return low == high ? "\(low)\(suffix)" : "\(low)–\(high)\(suffix)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
