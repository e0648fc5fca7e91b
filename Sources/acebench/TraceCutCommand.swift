// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Trace

/// `acebench trace cut`
struct TraceCutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cut", abstract: "Keep a window of a trace.",
    discussion: """
      The window is given in events (--events 1000000..2000000) or in time (--from 10s --to 15s). Blocks that are live \
      at its start are allocated there.
      """)

  @Argument(help: "The trace to read.", completion: .file(extensions: ["acetrace"]))
  var source: String

  @Argument(help: "The packed trace to write.", completion: .file(extensions: ["acetrace"]))
  var target: String

  @Option(help: "First event, and the one after the last, such as 1000000..2000000.")
  var events: EventRange?

  @Option(help: "When the window begins, such as 10s.")
  var from: Duration?

  @Option(help: "When the window ends, such as 15s.")
  var to: Duration?

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  /// A window in events.
  struct EventRange: ExpressibleByArgument {
    let range: Range<UInt64>

    init?(argument: String) {
      let ends = argument.split(separator: "..", omittingEmptySubsequences: false).map { UInt64($0) }
      guard ends.count == 2, let first = ends[0], let last = ends[1], first < last else { return nil }
      range = first..<last
    }
  }

  func validate() throws {
    if (events == nil) == (from == nil && to == nil) {
      throw ValidationError("Give either --events or --from and --to.")
    }
    if let from, let to, from.seconds >= to.seconds { throw ValidationError("--to must be later than --from.") }
  }

  func run() throws {
    let window: TraceCut.Window
    if let events {
      window = .events(events.range)
    } else {
      let end = to.map { UInt64($0.seconds * 1e9) } ?? .max
      window = .nanoseconds(UInt64((from?.seconds ?? 0) * 1e9)..<end)
    }
    var progress = ProgressLine(isEnabled: !quiet)
    let cut = TraceCut(window) { count in progress.show(count: count, of: "events read") }
    let summary = try cut.cut(try TraceFile.open(path: source), to: target)
    ProgressLine.clear()
    guard !quiet else { return }
    if summary.operationCount == 0 { Diagnostic.warn("the window holds no operation") }
    let next = ShellText.command(["acebench", "replay", target])
    Diagnostic.note("\(summary.countByKind.reduce(0, +)) events in \(target); next: \(next)")
  }
}
