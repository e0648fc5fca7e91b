// SPDX-License-Identifier: MIT

import FoundationEssentials

/// Runs a program with the recorder preloaded, and finds the raw traces that it left.
public struct Recording {
  /// Which processes are recorded.
  public enum Follow: String, CaseIterable, Sendable {
    /// The one that was started, through whatever it turns itself into by `exec`.
    case none
    /// Its forked children too.
    case fork
    /// All its descendants.
    case exec
  }

  /// Which allocations have stacks, and how those are taken.
  public struct Stacks: Sendable {
    public enum Method: String, CaseIterable, Sendable {
      /// Every allocation is recorded, and those that have a byte of a sample of all bytes have a stack, by libunwind.
      case sampled
      /// Every allocation has one, by frame pointers.
      case fp
      /// Every allocation has one, by libunwind.
      case unwind
    }

    public var method: Method
    /// Innermost frames to keep.
    public var depth: Int
    /// Bytes between two of the sample, on average.
    public var intervalByteCount: Int

    public init(method: Method, depth: Int, intervalByteCount: Int) {
      self.method = method
      self.depth = depth
      self.intervalByteCount = intervalByteCount
    }
  }

  /// What a recorded program left.
  public struct Outcome: Sendable {
    /// As a shell would put it.
    public var status: Int32
    /// The raw trace of the program; nil when the recorder did not run in it.
    public var rawPath: String?
    /// The raw traces of its descendants.
    public var descendantPaths: [String]
  }

  private let program: ForegroundProgram
  private let rawPath: String
  private let follow: Follow

  /// - Parameter rawPath: the raw trace, from the root; a file that is there makes the recorder refuse.
  public init(
    command: [String], rawPath: String, recorder: String, order: String, follow: Follow, durationSeconds: Double?,
    sampleByteCount: Int?, stacks: Stacks? = nil, controlPath: String?, showsOutput: Bool = true
  ) {
    self.rawPath = rawPath
    self.follow = follow
    // Programs are often started by a script that turns itself into them, so an `exec` is followed in any case.
    let recorderFollow = follow == .fork ? Follow.fork : .exec
    var environment = [
      "LD_PRELOAD=\(recorder)", "ACERECORD_OUTPUT=\(rawPath)", "ACERECORD_ORDER=\(order)",
      "ACERECORD_FOLLOW=\(recorderFollow.rawValue)",
    ]
    if let durationSeconds { environment.append("ACERECORD_DURATION_MS=\(Int(durationSeconds * 1000))") }
    if let sampleByteCount { environment.append("ACERECORD_SAMPLE_BYTES=\(sampleByteCount)") }
    if let stacks {
      environment += [
        "ACERECORD_STACKS=\(stacks.method.rawValue)", "ACERECORD_STACK_DEPTH=\(stacks.depth)",
        "ACERECORD_STACK_INTERVAL=\(stacks.intervalByteCount)",
      ]
    }
    if let controlPath { environment.append("ACERECORD_CONTROL=\(controlPath)") }
    program = ForegroundProgram(command: command, environment: environment, showsOutput: showsOutput)
  }

  /// Runs the program to its end. Raw traces of processes that were not to be followed are removed.
  public func run() throws -> Outcome {
    let usage = try program.run()
    let others = rawPathsOfOthers()
    // The recorder names the file of an image after the first by process and start: the last of them is the program.
    let own = others.filter { $0.hasPrefix("\(rawPath).\(usage.processIdentifier).") }
    let files = FileManager.default
    let first = files.fileExists(atPath: rawPath) ? [rawPath] : []
    let images = first + own
    guard let last = images.last else { return Outcome(status: usage.status, rawPath: nil, descendantPaths: others) }
    for superseded in images.dropLast() { try? files.removeItem(atPath: superseded) }
    if last != rawPath { try files.moveItem(atPath: last, toPath: rawPath) }
    var descendants = others.filter { !own.contains($0) }
    if follow == .none {
      for path in descendants { try? files.removeItem(atPath: path) }
      descendants = []
    }
    return Outcome(status: usage.status, rawPath: rawPath, descendantPaths: descendants)
  }

  /// The raw traces beside the first, those of a process in the order of their starts.
  private func rawPathsOfOthers() -> [String] {
    let slash = rawPath.lastIndex(of: "/") ?? rawPath.startIndex
    let folder = String(rawPath[..<slash])
    let prefix = String(rawPath[rawPath.index(after: slash)...]) + "."
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "/" : folder)) ?? []
    return names.filter { $0.hasPrefix(prefix) }
      .sorted { ($0.count, $0) < ($1.count, $1) }
      .map { folder + "/" + $0 }
  }
}
