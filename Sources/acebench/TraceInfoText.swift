// SPDX-License-Identifier: MIT

import Reports
import Results
import Trace

/// What a trace holds, for people: facts, and histograms with bars.
struct TraceInfoText {
  private let information: TraceInformation
  private let width: Int

  /// Threads that get a bar of their own.
  private static let threadLimit = 12

  init(_ information: TraceInformation, width: Int) {
    self.information = information
    self.width = width
  }

  func render(path: String) -> String {
    path + "\n" + facts + "\n" + sizes + "\n" + lifetimes + "\n" + times + "\n" + threads
  }

  /// The buckets from the first to the last that hold anything.
  static func buckets(of counts: [UInt64]) -> Range<Int> {
    guard let first = counts.firstIndex(where: { $0 > 0 }), let last = counts.lastIndex(where: { $0 > 0 }) else {
      return 0..<0
    }
    return first..<last + 1
  }

  private var facts: String {
    let metadata = information.metadata
    var text = ""
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
    return text
  }

  private var sizes: String {
    let counts = information.histograms.requestCountBySizeBucket
    let bytes = information.histograms.requestedByteCountBySizeBucket
    let (allCounts, allBytes) = (counts.reduce(0, +), bytes.reduce(0, &+))
    let frequent = information.histograms.mostFrequentSizes(limit: 8)
      .map { "\($0.byteCount) B × \($0.requestCount)" }
    return "  requested sizes: shares of requests and of bytes\n"
      + chart(counts, label: Self.bytes) { bucket in
        "\(Self.share(counts[bucket], of: allCounts))  \(Self.share(bytes[bucket], of: allBytes))"
      } + (frequent.isEmpty ? "" : "  most frequent sizes: \(frequent.joined(separator: ", "))\n")
  }

  private var lifetimes: String {
    let counts = information.histograms.blockCountByLifetimeBucket
    let all = counts.reduce(0, +)
    return "  lifetimes in operations: share of freed blocks\n"
      + chart(counts, label: Self.operations) { Self.share(counts[$0], of: all) }
  }

  private var times: String {
    guard information.hasTimes else { return "  lifetimes in time: the trace has no times\n" }
    let counts = information.histograms.blockCountByNanosecondsBucket
    let all = counts.reduce(0, +)
    return "  lifetimes in time: share of freed blocks\n"
      + chart(counts, label: Self.nanoseconds) { Self.share(counts[$0], of: all) }
  }

  private var threads: String {
    let threads = information.histograms.threads
    let all = threads.reduce(0) { $0 + $1.eventCount }
    let ranked = threads.indices.sorted { (threads[$1].eventCount, $0) < (threads[$0].eventCount, $1) }
    var bars = ranked.prefix(Self.threadLimit).map { number in
      let thread = threads[number]
      return BarChart.Bar(
        label: "    thread \(number)", value: Double(thread.eventCount),
        note: "\(Self.share(thread.eventCount, of: all))  \(Self.share(thread.foreignFreeCount, of: thread.freeCount))")
    }
    let others = ranked.dropFirst(Self.threadLimit).map { threads[$0] }
    if !others.isEmpty {
      let events = others.reduce(0) { $0 + $1.eventCount }
      let frees = others.reduce(0) { $0 + $1.freeCount }
      let foreign = others.reduce(0) { $0 + $1.foreignFreeCount }
      bars.append(
        BarChart.Bar(
          label: "    \(others.count) others", value: Double(events),
          note: "\(Self.share(events, of: all))  \(Self.share(foreign, of: frees))"))
    }
    return "  threads: share of events; of the thread's frees, those of blocks of other threads\n"
      + (bars.isEmpty ? "    none\n" : BarChart(bars: bars).render(width: width))
  }

  private func chart(_ counts: [UInt64], label: (Int) -> String, note: (Int) -> String) -> String {
    let bars = Self.buckets(of: counts).map { bucket in
      BarChart.Bar(label: "    " + label(bucket), value: Double(counts[bucket]), note: note(bucket))
    }
    return bars.isEmpty ? "    none\n" : BarChart(bars: bars).render(width: width)
  }

  /// A percentage with one digit after the point, which columns of them need.
  private static func share(_ part: UInt64, of all: UInt64) -> String {
    let tenths = all == 0 ? 0 : Int((Double(part) / Double(all) * 1000).rounded())
    let text = part > 0 && tenths == 0 ? "<0.1" : "\(tenths / 10).\(tenths % 10)"
    return String(repeating: " ", count: max(0, 5 - text.count)) + text + " %"
  }

  /// The range of a bucket: 0, then one for each power of two.
  private static func operations(_ bucket: Int) -> String {
    let range = TraceHistograms.range(ofBucket: bucket)
    return range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)–\(range.upperBound)"
  }

  private static func bytes(_ bucket: Int) -> String {
    let step = max(0, (bucket - 1) / 10)
    let names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    if step == 0 { return operations(bucket) + " B" }
    // From 1024 on the end of a range is the begin of the next: 1–2 KiB, and not 1024–2047 B.
    let low = UInt64(1) << UInt64(bucket - 1 - step * 10)
    return "\(low)–\(low * 2) \(names[step])"
  }

  private static func nanoseconds(_ bucket: Int) -> String {
    let range = TraceHistograms.range(ofBucket: bucket)
    if bucket <= 10 { return operations(bucket) + " ns" }
    return NumberFormat.text(Double(range.lowerBound), unit: .nanoseconds) + "–"
      + NumberFormat.text(Double(range.upperBound), unit: .nanoseconds)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
