// SPDX-License-Identifier: MIT

/// What a trace says about the program it was made from, beside its events.
public struct TraceMetadata: Equatable, Sendable {
  /// How exactly the order of events of different threads is known.
  public enum Order: UInt8, Sendable {
    /// Every event has a time stamp.
    case fine
    /// One event in sixteen has one; between them only the order within a thread is exact.
    case coarse
    /// The sequence was written down by one observer, or generated: its order is given.
    case serial
  }

  /// The program and its arguments; empty when not known.
  public var commandLine: [String] = []
  /// `NAME=value` of the variables that change what an allocator does.
  public var environment: [String] = []
  public var processIdentifier: UInt32 = 0
  /// The process that this one was forked from while being recorded; 0 for the first.
  public var parentProcessIdentifier: UInt32 = 0
  /// When recording began, since 1970-01-01 UTC; 0 when not known.
  public var startUnixNanoseconds: UInt64 = 0
  public var pageByteCount: UInt32 = 0
  public var order = Order.serial
  /// Events that happened and are missing from the trace, because its disk was full.
  public var lostEventCount: UInt64 = 0
  /// Events whose order across threads the stamps did not settle.
  public var conflictCount: UInt64 = 0
  /// Threads that did not say that they ended: the program was killed, or exited with threads running.
  public var unendedThreadCount: UInt64 = 0
  /// `/proc/self/maps` of the program; empty when not known.
  public var memoryMap = ""
  /// Where the trace comes from, in a line: "recorded", or the format it was imported from.
  public var origin = ""
  /// What was lost or assumed on the way here, a line each.
  public var remarks: [String] = []
  /// What made the program and when, in a line that a person wrote.
  public var provenance = ""
  /// How stacks were recorded; nil in a trace without.
  public var stackRecording: StackRecording?

  public init() {}

  /// The same without what tells of a machine and not of the program: environment, memory map, process numbers, and the
  /// folders in its command line.
  public var anonymized: TraceMetadata {
    var copy = self
    copy.environment = []
    copy.memoryMap = ""
    copy.processIdentifier = 0
    copy.parentProcessIdentifier = 0
    copy.commandLine = commandLine.map { word in
      word.split(separator: " ", omittingEmptySubsequences: false)
        .map { $0.contains("/") ? $0.split(separator: "/").last ?? "" : $0 }
        .joined(separator: " ")
    }
    return copy
  }
}
