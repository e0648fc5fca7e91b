// SPDX-License-Identifier: MIT

import Profiling
import Results

/// System calls of several allocators: what each made, and how they compare.
public struct SyscallSummary {
  private var compositions: [(allocator: String, calls: SyscallComposition)] = []

  public init() {}

  /// Takes the system calls of an allocator; those are shown in the order in which they come.
  public mutating func add(_ allocator: String, _ calls: SyscallComposition) { compositions.append((allocator, calls)) }

  public var isEmpty: Bool { compositions.isEmpty }

  /// Lines that an allocator's table has at most; the rest of the calls are one line.
  private static let shownCallCount = 15

  /// For people: all allocators in a line each, then the calls of each.
  public func render(_ style: TextTable.Style, width: Int?) -> String {
    var parts = compositions.count > 1 ? [style.heading("System calls") + overview.render(style, width: width)] : []
    for (allocator, calls) in compositions where calls.backend != .proc {
      parts.append(
        style.heading("System calls with \(allocator)") + Self.table(of: calls).render(style, width: width))
    }
    if compositions.count == 1, let only = compositions.first, only.calls.backend == .proc {
      parts.append(style.heading("System calls with \(only.allocator)") + overview.render(style, width: width))
    }
    return parts.joined(separator: "\n") + "\n" + remarks.map { Self.remark($0, style) }.joined()
  }

  /// How the numbers were come by.
  public var remarks: [String] {
    var remarks: [String] = []
    for (_, calls) in compositions where !remarks.contains(Self.source(of: calls.backend)) {
      remarks.append(Self.source(of: calls.backend))
      if calls.backend != .proc { remarks.append(calls.backend.rule) }
    }
    let costs = compositions.compactMap(\.calls.costNanosecondsPerCall).filter { $0 > 0 }
    if let cost = costs.max() {
      let words = NumberFormat.text(cost, unit: .nanoseconds)
      remarks.append("watching adds \(words) to each call, as measured just before")
    }
    return remarks
  }

  /// For programs: a record an allocator and call.
  public var records: RecordTable {
    var table = RecordTable(fields: [
      "allocator", "backend", "call", "calls_count", "errors_count", "elapsed_ns", "working_ns", "waiting_ns",
      "working_share", "working_ns_per_call", "longest_ns", "bytes",
    ])
    for (allocator, calls) in compositions {
      for count in calls.counts {
        table.append([
          .text(allocator), .text(calls.backend.rawValue), .text(count.call.name), .integer(count.callCount),
          calls.backend == .proc ? .none : .integer(count.errorCount), .integer(count.elapsedNanoseconds),
          .integer(count.workingNanoseconds),
          .integer(count.waitedNanoseconds), .number(Self.share(of: count, in: calls)),
          .number(Self.nanosecondsPerCall(count)), .integer(count.longestNanoseconds), .integer(count.byteCount),
        ])
      }
    }
    return table
  }

  private static func source(of backend: SyscallBackend) -> String { "by \(backend.rawValue): \(backend.extent)" }

  private static func share(of count: SyscallCount, in calls: SyscallComposition) -> Double? {
    guard let working = count.workingNanoseconds, calls.workingNanoseconds > 0 else { return nil }
    return Double(working) / Double(calls.workingNanoseconds)
  }

  private static func nanosecondsPerCall(_ count: SyscallCount) -> Double? {
    count.workingNanoseconds.map { Double($0) / Double(max(count.callCount, 1)) }
  }

  /// Calls whose sizes the overview shows.
  private static let sizes = ["mmap", "munmap", "madvise"]

  private var overview: TextTable {
    var table = TextTable(
      columns: [
        TextTable.Column("allocator"), TextTable.Column("calls", .right), TextTable.Column("errors", .right),
        TextTable.Column("working", .right), TextTable.Column("waiting", .right),
      ] + Self.sizes.map { TextTable.Column($0, .right) } + [TextTable.Column("by")])
    for (allocator, calls) in compositions {
      func sum(_ value: (SyscallCount) -> UInt64?) -> UInt64? {
        let values = calls.counts.compactMap(value)
        return values.isEmpty ? nil : values.reduce(0, +)
      }
      let isTimed = calls.backend != .proc
      let cells = [
        Self.count(sum(\.callCount) ?? 0), isTimed ? Self.count(sum(\.errorCount) ?? 0) : "–",
        Self.time(sum(\.workingNanoseconds)), Self.time(sum(\.waitedNanoseconds)),
      ]
      let sizes = Self.sizes.map { name in
        guard isTimed else { return "–" }
        return Self.bytes(calls.counts.first { $0.call.name == name }?.byteCount ?? 0)
      }
      table.append(([allocator] + cells + sizes + [calls.backend.rawValue]).map { TextTable.Entry($0) })
    }
    return table
  }

  private static func table(of calls: SyscallComposition) -> TextTable {
    var table = TextTable(columns: [
      TextTable.Column("call"), TextTable.Column("% time", .right), TextTable.Column("working", .right),
      TextTable.Column("waiting", .right), TextTable.Column("calls", .right), TextTable.Column("errors", .right),
      TextTable.Column("each", .right), TextTable.Column("longest", .right), TextTable.Column("bytes", .right),
    ])
    for count in calls.counts.prefix(shownCallCount) { table.append(row(count.call.name, count, calls)) }
    let rest = calls.counts.dropFirst(shownCallCount)
    if let first = rest.first {
      let sum = rest.dropFirst().reduce(first) { $0.adding($1) }
      table.append(row(rest.count == 1 ? "1 other" : "\(rest.count) others", sum, calls))
    }
    return table
  }

  private static func row(_ name: String, _ count: SyscallCount, _ calls: SyscallComposition) -> [TextTable.Entry] {
    [
      name, share(of: count, in: calls).map { NumberFormat.fixed($0 * 100, decimals: 1) } ?? "–",
      time(count.workingNanoseconds), time(count.waitedNanoseconds), Self.count(count.callCount),
      Self.count(count.errorCount), nanosecondsPerCall(count).map { NumberFormat.text($0, unit: .nanoseconds) } ?? "–",
      time(count.longestNanoseconds), count.byteCount.map(bytes) ?? "–",
    ].map { TextTable.Entry($0) }
  }

  private static func count(_ number: UInt64) -> String { String(number) }

  private static func time(_ nanoseconds: UInt64?) -> String {
    nanoseconds.map { NumberFormat.text(Double($0), unit: .nanoseconds) } ?? "–"
  }

  private static func bytes(_ count: UInt64) -> String { NumberFormat.text(Double(count), unit: .bytes) }

  private static func remark(_ text: String, _ style: TextTable.Style) -> String {
    style == .markdown ? "- \(text)\n" : "  \(text)\n"
  }
}

extension SyscallCount {
  /// This and another together, under the name of this.
  fileprivate func adding(_ other: SyscallCount) -> SyscallCount {
    func sum(_ first: UInt64?, _ second: UInt64?) -> UInt64? {
      first == nil && second == nil ? nil : (first ?? 0) + (second ?? 0)
    }
    return SyscallCount(
      call: call, callCount: callCount + other.callCount, errorCount: errorCount + other.errorCount,
      elapsedNanoseconds: sum(elapsedNanoseconds, other.elapsedNanoseconds),
      waitedNanoseconds: sum(waitedNanoseconds, other.waitedNanoseconds),
      longestNanoseconds: max(longestNanoseconds ?? 0, other.longestNanoseconds ?? 0), byteCount: nil)
  }
}

extension FieldValue {
  /// A count, or none.
  fileprivate static func integer(_ value: UInt64?) -> FieldValue { value.map { .integer($0) } ?? .none }
}
