// SPDX-License-Identifier: MIT

import ArgumentParser
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
  var follow = Recording.Follow.none

  @Option(help: "Stop recording after this long, such as 30s; the program runs on.")
  var duration: Duration?

  @Option(help: "Record a sample of blocks, one in so many bytes, such as 512KiB.")
  var sample: ByteCount?

  @Option(
    help: """
      Record where blocks are allocated: sampled (all events, and stacks on a sample of the bytes), fp (a stack on every \
      allocation, by frame pointers), unwind (the same, by libunwind).
      """)
  var stacks: Recording.Stacks.Method?

  static let defaultStackDepth = 64
  static let defaultStackInterval = 512 << 10

  @Option(help: "Innermost frames of a stack to keep, 1 to 128 (default: 64).")
  var stackDepth: Int?

  @Option(help: "With --stacks sampled: bytes from one stack to the next on average (default: 512KiB).")
  var stackInterval: ByteCount?

  @Option(
    help: """
      A file whose first byte switches recording while the program runs: 0 off, 1 on. Write it in place, as in \
      'printf 0 1<>FILE': '>' empties the file, which kills the program.
      """, completion: .file())
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

  func validate() throws {
    if command.isEmpty { throw ValidationError("Name the program to record behind '--'.") }
    if stacks == nil, stackDepth != nil || stackInterval != nil {
      throw ValidationError("--stack-depth and --stack-interval need --stacks.")
    }
    if stackInterval != nil, stacks != .sampled { throw ValidationError("--stack-interval needs --stacks sampled.") }
    if let stackDepth, !(1...128).contains(stackDepth) { throw ValidationError("--stack-depth is 1 to 128.") }
    if sample != nil, stacks != nil {
      throw ValidationError("--sample leaves blocks out, and stacks stand for all: give one of --sample and --stacks.")
    }
  }

  func run() throws {
    let name = command[0].split(separator: "/").last.map(String.init) ?? "program"
    let tracePath = output ?? "\(name).\(getpid()).acetrace"
    let rawPath = raw ? tracePath : tracePath + ".raw"
    for path in [tracePath, rawPath] where access(path, F_OK) == 0 {
      throw Failure(error: "\(path) exists already", help: ["remove it, or give -o another name"], status: .usage)
    }
    try Self.requireWritable(rawPath)
    let recording = Recording(
      command: command, rawPath: Paths.absolute(rawPath), recorder: try WorkerLocation.recorder(),
      order: order.rawValue,
      follow: follow, durationSeconds: duration?.seconds, sampleByteCount: sample?.count,
      stacks: stacks.map {
        Recording.Stacks(
          method: $0, depth: stackDepth ?? Self.defaultStackDepth,
          intervalByteCount: stackInterval?.count ?? Self.defaultStackInterval)
      },
      controlPath: attachControl.map(Paths.absolute))
    let outcome = try recording.run()
    guard outcome.rawPath != nil else { throw withoutTrace(outcome) }
    if !quiet, outcome.status != 0 { Diagnostic.warn("\(command[0]) ended with status \(outcome.status)") }
    if !quiet, stacks != nil { try tellOfStacks(rawPath) }
    if raw {
      let next = ShellText.command(["acebench", "trace", "convert", rawPath, "NAME.acetrace"])
      if !quiet { Diagnostic.note("raw trace in \(rawPath); next: \(next)") }
    } else {
      try pack(rawPath, to: tracePath)
      for path in outcome.descendantPaths {
        // `<trace>.raw.<process>.<start>` becomes `<trace>.<process>.<start>`.
        try pack(path, to: path.replacing(".raw.", with: ".", maxReplacements: 1))
      }
    }
    if outcome.status != 0 { throw ExitCode(outcome.status) }
  }

  /// The recorder never disturbs its program, so that a place where it cannot write would show only afterwards.
  private static func requireWritable(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ExperimentError.system(call: "open", path: path, errno: errno) }
    close(descriptor)
    unlink(path)
  }

  private func pack(_ rawPath: String, to tracePath: String) throws {
    try PackedOutput.pack(try TraceFile.open(path: rawPath), to: tracePath, provenance: provenance, isQuiet: quiet)
    unlink(rawPath)
  }

  /// Says how stacks were taken, and what that cost.
  private func tellOfStacks(_ rawPath: String) throws {
    guard let recording = try TraceFile.open(path: rawPath).metadata.stackRecording else {
      return Diagnostic.warn("no stacks were recorded: there was no room for them")
    }
    for remark in recording.remarks { Diagnostic.warn(remark) }
    Diagnostic.note("stacks: \(StackWords.method(of: recording))")
    if let cost = StackWords.cost(of: recording) { Diagnostic.note("stacks cost \(cost)") }
  }

  private func withoutTrace(_ outcome: Recording.Outcome) -> Failure {
    Failure(
      error: "\(command[0]) left no trace",
      notes: ["it ended with status \(outcome.status), and the recorder did not run in it"],
      help: ["a statically linked or set-user-id program cannot be recorded; --follow exec records what it starts"],
      status: .failed)
  }
}

extension Recording.Follow: ExpressibleByArgument {}
extension Recording.Stacks.Method: ExpressibleByArgument {}
