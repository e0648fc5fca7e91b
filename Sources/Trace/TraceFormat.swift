// SPDX-License-Identifier: MIT

/// The formats of other tools that can be read; the raw values are their names for people.
public enum TraceFormat: String, CaseIterable, Sendable {
  case android
  case heaptrack
  case logalloc
  case mallocBench = "malloc-bench"
  case mtrace
  case valgrind
  case workload = "wl"

  /// The formats in lines of text, in the order in which a line is tried for them.
  static let texts: [TraceFormat] = [.heaptrack, .mtrace, .valgrind, .android, .logalloc]

  /// A trace in this format; no call of it is read yet.
  func open(_ bytes: TraceBytes) throws(TraceError) -> any TraceSource {
    switch self {
    case .android: TextTrace<AndroidFormat>(bytes)
    case .heaptrack: TextTrace<HeaptrackFormat>(bytes)
    case .logalloc: TextTrace<LogallocFormat>(bytes)
    case .mallocBench: try MallocBenchTrace(bytes)
    case .mtrace: TextTrace<MtraceFormat>(bytes)
    case .valgrind: TextTrace<ValgrindFormat>(bytes)
    case .workload: try GlibcWorkload(bytes)
    }
  }

  /// The format of a text, told by the first line that only one of them has; nil when there is none near the begin.
  ///
  /// - Throws: `TraceError.malformed` where a compressed file is damaged.
  static func sniff(_ content: any ContentStream, path: String) throws(TraceError) -> TraceFormat? {
    var lines = LineStream(content, path: path)
    var byteCount = 0
    while byteCount < sniffedByteCount, let line = try lines.next() {
      let number = lines.lineNumber
      if let format = texts.first(where: { $0.recognizes(line, number: number) }) { return format }
      byteCount += line.count + 1
    }
    return nil
  }

  private static let sniffedByteCount = 1 << 16

  private func recognizes(_ line: TextLine, number: UInt64) -> Bool {
    switch self {
    case .android: AndroidFormat.recognizes(line, number: number)
    case .heaptrack: HeaptrackFormat.recognizes(line, number: number)
    case .logalloc: LogallocFormat.recognizes(line, number: number)
    case .mtrace: MtraceFormat.recognizes(line, number: number)
    case .valgrind: ValgrindFormat.recognizes(line, number: number)
    case .mallocBench, .workload: false
    }
  }
}
