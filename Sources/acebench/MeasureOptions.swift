// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Results

/// What the measuring commands share. Options that are left out keep what the experiment says.
struct MeasureOptions: ParsableArguments {
  @Option(
    name: [.customShort("a"), .customLong("allocator")],
    help: "An allocator: a known name, name=/path.so or name=/path.so:prefix_. Repeat for more.")
  var allocators: [String] = []

  @Option(name: [.short, .long], help: "Thread counts, such as 1,2,4 or 1..8.")
  var threads: NumberList?

  @Option(name: [.customShort("n"), .long], help: "Rounds: processes of every allocator in each pass.")
  var rounds: Int?

  @Option(name: .customLong("pass"), help: "Passes to run: time, memory, latency; commas between or repeated.")
  var passes: [String] = []

  @Option(name: .customLong("switch"), help: "Values of a switch of ACE, name=value[,value]. Repeat for more.")
  var switches: [String] = []

  @Option(help: "What is written into new blocks: none, first (a byte), page (a byte a page), all (each cache line).")
  var touch: String?

  @Option(help: "The seed of workloads and of the order of runs.")
  var seed: UInt64?

  @Option(name: .customLong("warmup"), help: "Runs of the workload in each process before the measured ones.")
  var warmups: Int?

  @Option(name: .customLong("repeat"), help: "Measured runs of the workload in each process.")
  var repeats: Int?

  @Option(help: "Begin no new round after this long, such as 10m.")
  var timeLimit: Duration?

  @Option(help: "Take a single process to hang after this long (default 120s).")
  var timeout: Duration?

  @Option(help: "How libraries come into the worker: dlopen or preload.")
  var load: String?

  @Option(help: "Processors to run workers on, such as 0,2 or 0..3.")
  var cpus: NumberList?

  @OptionGroup var numa: NumaOptions

  @Option(
    help: "When after its end the memory pass reads what is still held: 100ms, 1s, 5s; commas between, 0 for never.")
  var drain: String?

  @Option(help: "Memory for a workload's operations, such as 256MiB; what does not fit is read in parts.")
  var programMemory: ByteCount?

  @Option(help: "max, or original: pause where the recorded program did.")
  var speed: Speed?

  @Flag(help: "Print the commands of the workers, and run nothing.")
  var dryRun = false

  enum Speed: String, ExpressibleByArgument {
    case max
    case original
  }

  /// Puts what was given in place of what the experiment says.
  func override(_ experiment: inout ExperimentDescription) throws {
    if !allocators.isEmpty { experiment.allocators = allocators }
    if let threads { try Self.require("--threads", threads.numbers.min() ?? 0, atLeast: 1) }
    if let threads { experiment.threads = threads.numbers }
    if !passes.isEmpty { try choosePasses(&experiment) }
    if let rounds {
      try Self.require("--rounds", rounds, atLeast: 1)
      experiment.rounds = experiment.rounds.mapValues { _ in rounds }
    }
    for text in switches {
      let (name, values) = try SwitchCombinations.parse(text)
      experiment.switches[name] = values
    }
    if let touch { experiment.touch = try Self.choice("--touch", touch, TouchPolicy.allCases.map(\.rawValue)) }
    if let load { experiment.load = try Self.choice("--load", load, ["dlopen", "preload"]) }
    if let seed { experiment.seed = seed }
    if let warmups {
      try Self.require("--warmup", warmups, atLeast: 0)
      experiment.warmups = warmups
    }
    if let repeats {
      try Self.require("--repeat", repeats, atLeast: 1)
      experiment.repeats = repeats
    }
    if let timeLimit { experiment.timeLimitSeconds = timeLimit.seconds }
    if let timeout { experiment.processTimeLimitSeconds = timeout.seconds }
    if let cpus { experiment.processors = cpus.numbers }
    try numa.override(&experiment)
    if let drain { experiment.drainMilliseconds = try Self.drainMilliseconds(drain) }
    if let programMemory { experiment.programMemoryByteCount = programMemory.count }
    if let speed { experiment.originalSpeed = speed == .original }
  }

  private func choosePasses(_ experiment: inout ExperimentDescription) throws {
    let names = try passes.flatMap { $0.split(separator: ",").map(String.init) }
      .map { try Self.choice("--pass", $0, Pass.allCases.map(\.rawValue)) }
    let defaults = ExperimentDescription().rounds
    experiment.rounds = Dictionary(
      names.map { ($0, experiment.rounds[$0] ?? defaults[$0] ?? 1) }, uniquingKeysWith: { first, _ in first })
  }

  /// Refuses switches that set nothing: they are for ACE, which is told by its name.
  func requireUseOfSwitches(_ plan: Plan) throws {
    guard !switches.isEmpty, !plan.arms.contains(where: { !$0.arm.switches.isEmpty }) else { return }
    throw Failure(
      error: "--switch sets nothing: no allocator is ACE",
      help: ["name it with -a ace; a library of your own is ACE when it is named ace-NAME=/path.so"], status: .usage)
  }

  /// One of a few words.
  static func choice(_ option: String, _ text: String, _ words: [String]) throws -> String {
    guard words.contains(text) else {
      throw Failure(
        error: "\(option) does not take '\(text)'", help: ["it takes \(words.joined(separator: ", "))"], status: .usage)
    }
    return text
  }

  /// Refuses a number that is too small.
  static func require(_ option: String, _ number: Int, atLeast minimum: Int) throws {
    guard number < minimum else { return }
    throw Failure(error: "\(option) cannot be \(number)", help: ["it is at least \(minimum)"], status: .usage)
  }

  private static func drainMilliseconds(_ text: String) throws -> [Int] {
    if text == "0" { return [] }
    return try text.split(separator: ",").map { part in
      guard let duration = Duration(argument: String(part)), [0.1, 1, 5].contains(duration.seconds) else {
        throw Failure(error: "--drain does not take '\(part)'", help: ["it takes 100ms, 1s and 5s"], status: .usage)
      }
      return Int(duration.seconds * 1000)
    }
  }
}
