// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing
import Trace

/// The program of Programs/stacks.c, and what its stacks should be.
final class KnownStacks {
  /// How a program is compiled and recorded.
  struct Way: CustomTestStringConvertible, Sendable {
    var method: String
    var hasFramePointers: Bool
    var testDescription: String { "\(method), \(hasFramePointers ? "with" : "without") frame pointers" }

    static let all = [
      Way(method: "fp", hasFramePointers: true), Way(method: "unwind", hasFramePointers: true),
      Way(method: "unwind", hasFramePointers: false),
    ]

    var program: String { hasFramePointers ? KnownStacks.withFramePointers : KnownStacks.withoutFramePointers }
  }

  // Not moved by the loader, so that its symbols are where `nm` says.
  private static let options = "-fno-pie -no-pie -fno-optimize-sibling-calls -fasynchronous-unwind-tables -ldl"
  static let withFramePointers = RecordedProgram.compiled(
    "stacks", variant: "-fp", options: options + " -fno-omit-frame-pointer -mno-omit-leaf-frame-pointer")
  static let withoutFramePointers = RecordedProgram.compiled(
    "stacks", variant: "-no-fp", options: options + " -fomit-frame-pointer")
  static let loader = RecordedProgram.compiled("loader", options: "-ldl")
  static let plugin = RecordedProgram.compiled(
    "plugin", variant: ".so", options: "-shared -fPIC -fno-omit-frame-pointer")

  static let hasUnwinder = RecordedProgram.shell("ldconfig -p | grep -q 'libunwind.so.8'").status == 0

  let reader: RawTraceReader
  let events: [Event]
  private let symbols: [(start: UInt64, name: String)]
  private var knownFunctions: [UInt32: [String]] = [0: []]

  init(_ path: String, program: String) throws {
    reader = try RawTraceReader(path: path)
    let collected = CollectedEvents()
    try reader.send(to: collected)
    events = collected.events
    symbols = RecordedProgram.shell("nm -n '\(program)'").output.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 3, let start = UInt64(words[0], radix: 16), "tT".contains(words[1]) else { return nil }
      return (start, String(words[2]))
    }
  }

  /// The functions of a stack in the program itself, innermost first.
  func functions(of stack: UInt32) -> [String] {
    if let known = knownFunctions[stack] { return known }
    var names = functions(of: reader.stacks.caller(of: stack))
    if reader.stacks.module(of: stack)?.path.contains("recorded-stacks") == true {
      let address = reader.stacks.returnAddress(of: stack) - 1
      names.insert(symbols.last { $0.start <= address }?.name ?? "?", at: 0)
    }
    knownFunctions[stack] = names
    return names
  }

  /// The mark that a stack stands on; 0 when it is whole.
  func mark(of stack: UInt32) -> UInt64 {
    var outermost = stack
    while outermost != 0, reader.stacks.caller(of: outermost) != 0 { outermost = reader.stacks.caller(of: outermost) }
    let address = outermost == 0 ? 0 : reader.stacks.returnAddress(of: outermost)
    return address <= StackTable.failedAddress ? address : 0
  }

  /// The allocations whose sizes tell where they were made.
  var marked: [Event] { events.filter { $0.kind.isAllocation && $0.size >= 10_000 && $0.size < 20_000 } }

  /// What the functions of an allocation should be, innermost first, from the site outwards.
  static func functions(ofSize size: UInt64, through function: String, depthLimit: Int = .max) -> [String] {
    let site = size % 2 == 0 ? "site_zero" : "site_one"
    let frames = [site] + Array(repeating: function, count: Int(size - 10_000) / 2)
    return Array(frames.prefix(depthLimit))
  }
}
