// SPDX-License-Identifier: MIT

import Events
import Experiments
import Trace

/// Packs a trace with progress, and says what came of it.
enum PackedOutput {
  /// - Parameter notes: what else is to be said of the events, a line each.
  static func pack(
    _ source: any TraceSource, to path: String, provenance: String?, anonymizes: Bool = false, isQuiet: Bool,
    notes: (EventSummary) -> [String] = { _ in [] }
  ) throws {
    var progress = ProgressLine(isEnabled: !isQuiet)
    let begin = MonotonicTime.nowSeconds()
    let conversion = TraceConversion { count in progress.show(count: count, of: "events packed") }
    let summary = try conversion.convert(source, to: path, provenance: provenance, anonymizes: anonymizes)
    let seconds = MonotonicTime.nowSeconds() - begin
    ProgressLine.clear()
    if isQuiet { return }
    let events = summary.countByKind.reduce(0, +)
    let size = Paths.byteCount(path)
    let threads = summary.threadCount == 1 ? "1 thread" : "\(summary.threadCount) threads"
    Diagnostic.note(
      "\(events) events on \(threads) in \(path): \(size) bytes, \(rounded(Double(size) / Double(max(events, 1)))) an event, "
        + "\(rounded(Double(events) / seconds / 1e6)) million events packed a second")
    for note in notes(summary) { Diagnostic.note(note) }
    Diagnostic.note("next: \(ShellText.command(["acebench", "replay", path]))")
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
