// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments
import Reports

/// `acebench gate self-test`
struct GateSelfTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "self-test",
    abstract: "Find out whether a gate can be believed on this machine.",
    discussion: """
      Runs gates whose answer is known: of a library against its own copy, and against its copy slowed down. The first \
      must not fail, the others must. Takes the first three cells of the gate's file and throughput alone, unless told \
      otherwise. Ends with 12 when the gates did not answer as they should.
      """)

  @Option(help: "The allocator that is compared with itself.")
  var allocator = "ace"

  @Option(help: "Gates of each kind.")
  var gates = 5

  @Option(
    name: .customLong("slowdown"),
    help: "How much slower the copy is made, as a fraction; repeat for more. 0 is always tried. (default: 0.0526, 0.1)")
  var slowdowns: [Double] = []

  @Flag(help: "Simulate a noisy machine instead of using this one: what the rule itself does, in a few seconds.")
  var simulated = false

  @OptionGroup(title: "What is measured") var gate: GateOptions

  @Option(name: [.short, .long], help: "A new folder for the gates (default results/DATE-gate-self-test).")
  var output: String?

  @OptionGroup(title: "Output") var show: OutputOptions

  /// The cells that are enough to see.
  private static let cellCount = 3

  func run() throws {
    show.apply()
    if simulated { return try simulate() }
    try MeasureOptions.require("--gates", gates, atLeast: 1)
    for slowdown in slowdowns where !(slowdown > 0 && slowdown <= 10) {
      throw Failure(error: "--slowdown cannot be \(slowdown)", help: ["it is a fraction, such as 0.05"], status: .usage)
    }
    let kinds = [0] + (slowdowns.isEmpty ? [0.0526, 0.1] : slowdowns)
    let description = try description()
    let folder = output ?? ResultsFolder.dated("gate-self-test")
    let copy = try AllocatorCopy(describedBy: allocator)
    var trials: [GateTrial] = []
    for number in 1...gates {
      for kind in kinds {
        trials.append(try trial(description, kind, number, copy, folder))
        try ResultsFolder.replace(folder + "/gates.csv", with: Array(GateTrialTable.rows(trials).render(.csv).utf8))
      }
    }
    let series = kinds.map { kind in
      GateTrialSeries(slowdown: kind, trials: trials.filter { $0.slowdown == kind }, margins: description.margins)
    }
    ProgressLine.clear()
    show.show(GateTrialTable.summary(series))
    if !show.quiet { Diagnostic.note("each gate is in \(folder), a row for each in gates.csv") }
    let errorCount = trials.count { $0.verdict == .error }
    guard errorCount == 0 else {
      throw Failure(
        error: "\(errorCount) of \(trials.count) gates could not be measured",
        help: ["verdict.json in the folder of each says why"], status: .failed)
    }
    guard series.allSatisfy(\.hasHeld) else {
      Diagnostic.warn("on this machine, now, verdicts of a gate are not to be believed")
      throw ExitCode(Status.invalid.rawValue)
    }
  }

  private func simulate() throws {
    var progress = ProgressLine(isEnabled: !show.quiet)
    var results: [SimulatedScenarioResult] = []
    for (index, scenario) in SimulatedScenario.all.enumerated() where !Interruption.isRequested {
      progress.show(done: index, total: SimulatedScenario.all.count, what: scenario.title)
      results.append(scenario.run())
    }
    ProgressLine.clear()
    show.show(SimulatedScenarioTable.table(results))
    if Interruption.isRequested { throw ExitCode(Status.interrupted.rawValue) }
    if !results.allSatisfy(\.hasHeld) { throw ExitCode(Status.invalid.rawValue) }
  }

  private func description() throws -> GateDescription {
    var description = try gate.description()
    if gate.workloads.isEmpty { description.cells = Array(description.cells.prefix(Self.cellCount)) }
    if gate.metrics.isEmpty {
      description.metrics = [GateMetric.throughput.rawValue]
      for index in description.cells.indices { description.cells[index].metrics = nil }
    }
    if gate.controls == nil { description.controls = false }
    return description
  }

  private func trial(
    _ description: GateDescription, _ slowdown: Double, _ number: Int, _ copy: AllocatorCopy, _ folder: String
  ) throws -> GateTrial {
    var description = description
    // Another order each time; a self-test with a seed is repeated with the same ones.
    description.seed = description.seed == 0 ? 0 : description.seed + UInt64(number - 1)
    let plan = try GatePlan(description, base: allocator, head: copy.text, injectedSlowdown: slowdown)
    let name = "\(slowdown == 0 ? "same" : "slower-\(slowdown)")-\(number)"
    if !show.quiet {
      Diagnostic.note("gate \(number) of \(gates), head: \(GateTrialTable.head(slowdown))")
    }
    let begin = MonotonicTime.nowSeconds()
    let result = try MeasuredGate(plan, folder: "\(folder)/\(name)", isQuiet: true).run()
    guard !result.wasInterrupted else { throw ExitCode(Status.interrupted.rawValue) }
    return GateTrial(
      result.report, seed: plan.plan.description.seed, elapsedSeconds: MonotonicTime.nowSeconds() - begin)
  }
}
