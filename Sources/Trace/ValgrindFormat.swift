// SPDX-License-Identifier: MIT

/// What valgrind writes with `--trace-malloc=yes`: `--PID-- CALL(ARGUMENTS) = RESULT`, among whatever else it and the
/// program say, with a time before the process if it was asked for with `--time-stamp=yes`.
///
/// Source: valgrind, coregrind/m_replacemalloc/vg_replace_malloc.c, and what versions 3.19 writes. A call that valgrind
/// serves by another is followed by it in the same line, `realloc(0x0,27)malloc(27) = 0x4A405E0`: the last one holds.
/// Only the process of the first call is read.
struct ValgrindFormat: CallFormat {
  static let origin = "valgrind --trace-malloc=yes"
  static let losses = ["threads are not in the format: every call is made by one thread"]

  private var process: UInt64?
  /// What begins every line of the process, without a time.
  private var prefix = ""
  private var timeCount: UInt64 = 0
  private var otherProcessCount: UInt64 = 0
  private var unreadableCount: UInt64 = 0

  static func recognizes(_ line: TextLine, number: UInt64) -> Bool {
    var line = line
    if line.take("==") {
      return readPrefix(&line) != nil && line.take("== ")
    }
    return line.take("--") && readPrefix(&line) != nil && line.take("-- ")
  }

  mutating func read(_ line: TextLine, into calls: inout CallEmitter) throws {
    var line = line
    // A program that ends no line before valgrind writes one has both in it.
    if line.first != UInt8(ascii: "-") { guard !prefix.isEmpty, line.skipBefore(prefix) else { return } }
    guard line.take("--"), let (process, time) = Self.readPrefix(&line), line.take("-- ") else { return }
    guard let call = ValgrindCall(&line) else { return }
    if call.kind == .other { return }
    if self.process == nil {
      self.process = process
      prefix = "--\(process)-- "
    }
    guard process == self.process else {
      otherProcessCount += 1
      return
    }
    if let time {
      calls.setTime(nanoseconds: time)
      timeCount += 1
    }
    try emit(call, &calls)
  }

  func describe(_ metadata: inout TraceMetadata) {
    metadata.processIdentifier = UInt32(exactly: process ?? 0) ?? 0
    metadata.remarks.append(
      timeCount > 0
        ? "times are known to 1 ms, and valgrind's own work is in them"
        : "times are not in the file: all are 0 (valgrind writes them with --time-stamp=yes)")
    metadata.remarks += CountedRemark.lines([
      (otherProcessCount, "calls of other processes, left out"),
      (unreadableCount, "calls that are not complete, left out"),
    ])
  }

  private mutating func emit(_ call: ValgrindCall, _ calls: inout CallEmitter) throws {
    switch (call.kind, call.isComplete) {
    case (.free, true): try calls.free(call.first)
    case (.malloc, true): try calls.allocate(.malloc, block: call.result, size: call.first)
    case (.calloc, true): try calls.allocate(block: call.result, count: call.first, size: call.second)
    case (.realloc, true): try calls.reallocate(from: call.first, to: call.result, size: call.second)
    case (.reallocArray, true):
      let (size, overflows) = call.second.multipliedReportingOverflow(by: call.third)
      guard !overflows || call.result == 0 else { throw CallFault.malformed("a request of more than 64 bits of bytes") }
      try calls.reallocate(from: call.first, to: call.result, size: overflows ? .max : size)
    case (.aligned, true): try calls.allocate(block: call.result, alignment: call.alignment, size: call.first)
    case (.other, _): break
    case (_, false): unreadableCount += 1
    }
  }

  /// The process that a line is of, and the time before it, `days:hours:minutes:seconds.milliseconds`.
  private static func readPrefix(_ line: inout TextLine) -> (process: UInt64, nanoseconds: UInt64?)? {
    guard let first = line.decimal() else { return nil }
    guard line.take(":") else { return (first, nil) }
    guard let hours = line.decimal(), line.take(":"), let minutes = line.decimal(), line.take(":"),
      let seconds = line.decimal(), line.take("."), let milliseconds = line.decimal(), line.take(" "),
      let process = line.decimal(), first < 100_000, hours < 24, minutes < 60, seconds < 60, milliseconds < 1000
    else { return nil }
    let wholeSeconds = ((first * 24 + hours) * 60 + minutes) * 60 + seconds
    return (process, (wholeSeconds * 1000 + milliseconds) * 1_000_000)
  }
}
