// SPDX-License-Identifier: MIT

import Allocators
import Measurement
import Replay

/// What the worker was told to do.
struct WorkerArguments {
  enum Task {
    /// Replay a program and write its figures.
    case replay
    /// Load the allocator, say who serves, and end.
    case probe
    /// Touch so many bytes of memory, and end.
    case pretouch(byteCount: Int)
  }

  private(set) var task = Task.replay
  private(set) var allocator = AllocatorSource.process
  /// The preloaded library that has to serve; nil when the C library should.
  private(set) var expectedLibrary: String?
  /// Whether the allocator is called ACE, and so has to tell ACE's counters.
  private(set) var isACE = false
  /// What ACE was set to in its environment, and has to tell of itself.
  private(set) var aceSettings: [ACESetting] = []
  private(set) var programPath = ""
  private(set) var settings = ReplaySettings()
  /// Whether counters count during the measured runs.
  private(set) var countsEvents = false
  /// The processors to run on, and the nodes to have memory of.
  private(set) var binding = ProcessBinding()
  /// Whether the process was bound before it turned into this one.
  private(set) var isBound = false
  /// How long after the end of the memory pass what is still held is read, rising.
  private(set) var drainDelaysMilliseconds: [Int] = []

  /// Says that the process is bound already.
  static let boundFlag = "--bound"

  init(_ arguments: some Sequence<String>) throws(WorkerFailure) {
    var iterator = arguments.makeIterator()
    while let option = iterator.next() {
      switch option {
      case "--probe": task = .probe
      case "--ace": isACE = true
      case "--mark": settings.marksSpans = true
      case "--counters":
        settings.marksSpans = true
        countsEvents = true
      case Self.boundFlag: isBound = true
      case "--node-memory": settings.readsNodes = true
      default:
        guard let value = iterator.next() else { throw .usage("\(option) needs a value") }
        try apply(option, value)
      }
    }
    if case .replay = task, programPath.isEmpty { throw .usage("--program is missing") }
  }

  private mutating func apply(_ option: String, _ value: String) throws(WorkerFailure) {
    switch option {
    case "--program": programPath = value
    case "--pretouch": task = .pretouch(byteCount: try Self.number(option, value))
    case "--allocator": allocator = value == "floor" ? .floor : .process
    case "--library": allocator = .library(path: value, prefix: "")
    case "--prefix":
      guard case .library(let path, _) = allocator else { throw .usage("--prefix comes after --library") }
      allocator = .library(path: path, prefix: value)
    case "--preloaded": expectedLibrary = value
    case "--settings": aceSettings = try Self.aceSettings(option, value)
    case "--pass": settings.pass = try Self.choice(option, value)
    case "--touch": settings.touch = try Self.choice(option, value)
    case "--repeat": settings.repeatCount = try Self.number(option, value)
    case "--warmup": settings.warmupCount = try Self.number(option, value)
    case "--slowdown": settings.slowdown = try Self.fraction(option, value)
    case "--program-memory": settings.programMemoryByteCount = try Self.number(option, value)
    case "--timeline-points": settings.timelinePointCount = max(1, try Self.number(option, value))
    case "--cpus": binding.processors = try Self.numbers(option, value)
    case "--numa-policy": binding.policy = NumaPolicy(try Self.choice(option, value), nodes: [])
    case "--numa-nodes":
      guard let policy = binding.policy else { throw .usage("--numa-nodes comes after --numa-policy") }
      binding.policy = NumaPolicy(policy.mode, nodes: try Self.numbers(option, value))
    case "--drain": drainDelaysMilliseconds = try Self.numbers(option, value)
    default: throw .usage("unknown option \(option)")
    }
  }

  private static func choice<Choice: RawRepresentable<String>>(
    _ option: String, _ value: String
  ) throws(WorkerFailure) -> Choice {
    guard let choice = Choice(rawValue: value) else { throw .usage("\(option) does not take \(value)") }
    return choice
  }

  private static func number(_ option: String, _ value: String) throws(WorkerFailure) -> Int {
    guard let number = Int(value), number >= 0 else { throw .usage("\(option) takes a number, not \(value)") }
    return number
  }

  private static func fraction(_ option: String, _ value: String) throws(WorkerFailure) -> Double {
    guard let fraction = Double(value), fraction >= 0, fraction.isFinite else {
      throw .usage("\(option) takes a fraction, not \(value)")
    }
    return fraction
  }

  /// Numbers with commas between them.
  /// Parses a list that nobody gave. What parsing touches of the runtime's tables is then resident in every process, and not only
  /// in those that have lists among their arguments: in the others, loading the allocator would be charged for it.
  static func rehearseLists() throws(WorkerFailure) {
    _ = try numbers("--drain", "100,1000")
    _ = try aceSettings("--settings", "tick-ms=10,worker=1")
  }

  private static func numbers(_ option: String, _ value: String) throws(WorkerFailure) -> [Int] {
    var numbers: [Int] = []
    for part in value.split(separator: ",") { numbers.append(try number(option, String(part))) }
    return numbers
  }

  /// `name=number` with commas between them.
  private static func aceSettings(_ option: String, _ value: String) throws(WorkerFailure) -> [ACESetting] {
    var settings: [ACESetting] = []
    for part in value.split(separator: ",") {
      guard let equals = part.firstIndex(of: "="), let number = UInt64(part[part.index(after: equals)...]) else {
        throw .usage("\(option) takes name=number, not \(part)")
      }
      settings.append(ACESetting(name: String(part[..<equals]), value: number))
    }
    return settings
  }
}
