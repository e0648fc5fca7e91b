// SPDX-License-Identifier: MIT

import Experiments
import Measurement
import Results

/// What one process came to by performance counters, and by what the kernel has charged it with.
public struct CounterRound: Sendable {
  /// A figure of the kernel's accounts, which need no permission: `getrusage`, `wait4`.
  public enum Charge: String, CaseIterable, Sendable {
    case elapsed
    case userTime = "user-time"
    case systemTime = "system-time"
    case minorFaults = "minor-faults"
    case majorFaults = "major-faults"
    case contextSwitches = "context-switches"
  }

  public private(set) var counters: [PerformanceCounter: Result<CounterReading, CounterAbsence>]
  /// In nanoseconds or events.
  public private(set) var charges: [Charge: Double]

  public init(
    counters: [PerformanceCounter: Result<CounterReading, CounterAbsence>], charges: [Charge: Double]
  ) {
    self.counters = counters
    self.charges = charges
  }

  /// Of a program that has ended, with all its children that it has waited for.
  init(_ set: CounterSet, _ usage: ForegroundProgram.Usage) {
    counters = Dictionary(uniqueKeysWithValues: set.readings().map { ($0.counter, $0.result) })
    charges = [
      .elapsed: Double(usage.elapsedNanoseconds), .userTime: Double(usage.userNanoseconds),
      .systemTime: Double(usage.systemNanoseconds), .minorFaults: Double(usage.minorFaultCount),
      .majorFaults: Double(usage.majorFaultCount), .contextSwitches: Double(usage.contextSwitchCount),
    ]
  }

  /// Of a worker's measured runs, from what it has written.
  init(_ reply: WorkerReply) {
    counters = [:]
    for counter in PerformanceCounter.allCases { counters[counter] = Self.result(of: counter, reply) }
    charges = [:]
    for (charge, names) in Self.names {
      let values = names.compactMap { Self.number(reply, $0) }
      if values.count == names.count { charges[charge] = values.reduce(0, +) }
    }
  }

  /// The worker's names of charges.
  private static let names: [(Charge, [String])] = [
    (.elapsed, ["elapsed_ns"]), (.userTime, ["user_ns"]), (.systemTime, ["system_ns"]),
    (.minorFaults, ["minor_faults_count"]), (.majorFaults, ["major_faults_count"]),
    (.contextSwitches, ["voluntary_switches_count", "involuntary_switches_count"]),
  ]

  private static func result(
    of counter: PerformanceCounter, _ reply: WorkerReply
  ) -> Result<CounterReading, CounterAbsence> {
    let name = "counter:" + counter.rawValue
    if let absence = reply.text(name + ":absence") { return .failure(CounterAbsence(rawValue: absence) ?? .failed) }
    func count(_ suffix: String) -> UInt64? {
      if case .count(let count) = reply.number(name + suffix) { return count }
      return nil
    }
    guard let value = count(""), let enabled = count(":enabled_ns"), let running = count(":running_ns") else {
      return .failure(.failed)
    }
    return .success(
      CounterReading(
        rawValue: value, enabledNanoseconds: enabled, runningNanoseconds: running,
        isUserOnly: count(":user_only") != nil))
  }

  private static func number(_ reply: WorkerReply, _ name: String) -> Double? {
    switch reply.number(name) {
    case .count(let count): Double(count)
    case .real(let real): real
    case nil: nil
    }
  }
}
