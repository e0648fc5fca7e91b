// SPDX-License-Identifier: MIT

import ArgumentParser
import Events
import Experiments
import Glibc
import Trace

/// `acebench record`
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Write a trace of everything a real program asks of its allocator.",
    discussion: """
      The program runs as usual with a recorder preloaded. What it did is on disk even when it is killed: the raw file \
      beside the trace is packed when the program has ended, and 'acebench trace convert' packs one that was left.
      """)

  @Option(name: [.short, .long], help: "The trace (default: PROGRAM.PID.acetrace).")
  var output: String?

  @Option(help: "Time stamps: fine (every event) or coarse (one in sixteen; cheaper).")
  var order = Order.fine

  @Option(help: "Which descendants are recorded too, each into a raw file of its own: none, fork, exec.")
  var follow = Follow.none

  @Option(help: "Stop recording after this long, such as 30s; the program runs on.")
  var duration: Duration?

  @Option(help: "Record a sample of blocks, one in so many bytes, such as 512KiB.")
  var sample: ByteCount?

  @Option(help: "A file whose first byte switches recording while the program runs: 0 off, 1 on.", completion: .file())
  var attachControl: String?

  @Option(help: "A line about program, version and date to keep in the trace.")
  var provenance: String?

  @Flag(help: "Keep the raw file, and do not pack it.")
  var raw = false

  @Flag(name: [.short, .long], help: "Say nothing but errors.")
  var quiet = false

  @Argument(parsing: .postTerminator, help: "The program and its arguments, behind '--'.")
  var command: [String]

  enum Order: String, ExpressibleByArgument, CaseIterable {
    case fine
    case coarse
  }

  enum Follow: String, ExpressibleByArgument, CaseIterable {
    case none
    case fork
    case exec
  }

  func validate() throws {
    if command.isEmpty { throw ValidationError("Name the program to record behind '--'.") }
  }

  func run() throws {
    let name = command[0].split(separator: "/").last.map(String.init) ?? "program"
    let tracePath = output ?? "\(name).\(getpid()).acetrace"
    let rawPath = raw ? tracePath : tracePath + ".raw"
    let recording = Recording(
      command: command, rawPath: Paths.absolute(rawPath), recorder: try WorkerLocation.recorder(), order: order.rawValue,
      follow: follow.rawValue, durationSeconds: duration?.seconds, sampleByteCount: sample?.count,
      controlPath: attachControl.map(Paths.absolute))
    let status = try recording.run()
    guard access(rawPath, R_OK) == 0 else {
      throw Failure(
        error: "\(command[0]) left no trace",
        notes: ["it ended with status \(status), and the recorder did not run in it"],
        help: ["a statically linked or set-user-id program cannot be recorded; --follow exec records what it starts"],
        status: .failed)
    }
    if !quiet, status != 0 { Diagnostic.warn("\(command[0]) ended with status \(status)") }
    if raw {
      if !quiet { Diagnostic.note("raw trace in \(rawPath); next: acebench trace convert \(rawPath) NAME.acetrace") }
      return
    }
    try pack(rawPath, to: tracePath)
    if status != 0 { throw ExitCode(status) }
  }

  private func pack(_ rawPath: String, to tracePath: String) throws {
    var progress = ProgressLine(isEnabled: !quiet)
    let conversion = TraceConversion { count in progress.show(count: count, of: "events packed") }
    let summary = try conversion.convert(try TraceFile.open(path: rawPath), to: tracePath, provenance: provenance)
    ProgressLine.clear()
    unlink(rawPath)
    if quiet { return }
    let size = Paths.byteCount(tracePath)
    let events = summary.countByKind.reduce(0, +)
    let perEvent = events > 0 ? Double(size) / Double(events) : 0
    Diagnostic.note(
      "\(events) events on \(summary.threadCount) threads, \(size) bytes (\(Self.rounded(perEvent)) an event) in \(tracePath)")
    Diagnostic.note("next: acebench replay \(tracePath)")
  }

  private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
