// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments

/// `acebench gate run`, which is what `acebench gate` does
struct GateRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Decide whether a change made an allocator slower or larger.",
    discussion: """
      'acebench gate --base old/libace.so --head new/libace.so' runs both side by side, in fresh processes and random \
      order, until each cell has a verdict. Cells that do not pass at once are measured anew before anything is called a \
      loss.
      """)

  @Option(help: "What the change is held against: an allocator, or a library's path.")
  var base: String?

  @Option(help: "What is judged: an allocator, or a library's path.")
  var head: String?

  @OptionGroup(title: "What is measured") var gate: GateOptions

  @Option(
    help: "Judge rows that a gate has written: its folder or its samples.csv. Nothing is measured.",
    completion: .file(extensions: ["csv"]))
  var from: String?

  @Option(
    help: "Hold the head against stored sessions in this file instead; --base is the reference of both.",
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Flag(help: "Add this session to the file of --baseline.")
  var update = false

  @Option(help: "fail: exit 11 where nothing can be said (default); warn: exit 0 with a warning.")
  var onInconclusive = InconclusivePolicy.fail

  @Flag(help: "Report only: exit 0 whatever the verdict is, unless something could not be measured.")
  var advisory = false

  @Option(help: "Slow the head down by this fraction of its time, to see the gate fail.")
  var injectSlowdown = 0.0

  @Option(name: [.short, .long], help: "A new folder for rows and reports (default results/DATE-gate).")
  var output: String?

  @Flag(help: "Print the commands of the workers, and run nothing.")
  var dryRun = false

  @OptionGroup(title: "Output") var show: OutputOptions

  enum InconclusivePolicy: String, ExpressibleByArgument, CaseIterable {
    case fail
    case warn
  }

  func run() throws {
    show.apply()
    if let from { return try judgeStored(from) }
    guard let base, let head else {
      throw Failure(
        error: "a gate needs --base and --head", help: ["for example: acebench gate --base mimalloc --head ace"],
        status: .usage)
    }
    if update, baseline == nil {
      throw Failure(error: "--update needs the file to add to", help: ["name it: --baseline FILE"], status: .usage)
    }
    if update, injectSlowdown > 0 {
      throw Failure(
        error: "a head that was slowed down on purpose is no session to compare with",
        help: ["leave out --update or --inject-slowdown"], status: .usage)
    }
    guard injectSlowdown >= 0, injectSlowdown <= 10 else {
      throw Failure(
        error: "--inject-slowdown cannot be \(injectSlowdown)", help: ["it is a fraction from 0 to 10, such as 0.05"],
        status: .usage)
    }
    let plan = try GatePlan(try gate.description(), base: base, head: head, injectedSlowdown: injectSlowdown)
    if dryRun { return try GateCommands.show(plan) }
    let folder = output ?? ResultsFolder.dated("gate")
    let closing = closing(in: folder, reproduction(base, head, plan))
    let isTaken = closing.folderHasRows
    let result: GateResult
    do {
      result = try measure(plan, into: folder)
    } catch {
      // Where not even that can be written, the first reason is the one to tell.
      if !isTaken { try? closing.abandon(after: error) }
      throw error
    }
    try closing.close(result)
  }

  private func measure(_ plan: GatePlan, into folder: String) throws -> GateResult {
    guard let baseline else { return try MeasuredGate(plan, folder: folder, isQuiet: show.quiet).run() }
    return try GateBaselineSession(plan: plan, path: baseline, updates: update, folder: folder)
      .run(isQuiet: show.quiet)
  }

  private func judgeStored(_ path: String) throws {
    let idle =
      [
        ("--base", base != nil), ("--head", head != nil), ("--update", update),
        ("--inject-slowdown", injectSlowdown != 0), ("--dry-run", dryRun),
      ].filter(\.1).map(\.0) + gate.given
    guard idle.isEmpty else {
      throw Failure(
        error: "--from judges rows that are there, by the settings that lie beside them",
        help: ["leave out \(idle.joined(separator: ", "))"], status: .usage)
    }
    let history = try baseline.map { try GateHistoryFile(path: $0).read() }
    let report: GateReport
    let path = String(path.prefix(1)) + path.dropFirst().reversed().drop { $0 == "/" }.reversed()
    do {
      report = try StoredGate(path: path).report(against: history)
    } catch ExperimentError.malformedExperiment(let path, let reason) {
      throw Failure(
        error: "\(path) does not say what the rows are to be judged by: \(reason)",
        help: ["restore it; without it rows are judged by throughput and peak memory, with the usual margins"],
        status: .usage)
    }
    let command = ["acebench", "gate", "--from", path] + (baseline.map { ["--baseline", $0] } ?? [])
    try closing(in: output, judging: path, command).close(GateResult(report: report))
  }

  private func closing(
    in folder: String?, judging judgedPath: String? = nil, _ reproduction: [String]
  ) -> GateClosing {
    GateClosing(
      warnsOfInconclusive: onInconclusive == .warn, isAdvisory: advisory, show: show, folder: folder,
      judgedPath: judgedPath, reproduction: reproduction)
  }

  /// The command that runs the same processes in the same order.
  private func reproduction(_ base: String, _ head: String, _ plan: GatePlan) -> [String] {
    var words = ["acebench", "gate", "--base", base, "--head", head, "--seed", "\(plan.plan.description.seed)"]
    if let config = gate.config { words += ["--config", config] }
    for workload in gate.workloads { words += ["-w", workload] }
    if let threads = gate.threads { words += ["-t", "\(threads)"] }
    for metric in gate.metrics { words += ["--metric", metric] }
    if let tolerate = gate.tolerate { words += ["--tolerate", "\(tolerate)"] }
    if let detect = gate.detect { words += ["--detect", "\(detect)"] }
    if let order = gate.order { words += ["--order", order] }
    if let controls = gate.controls { words.append(controls ? "--controls" : "--no-controls") }
    if let timeLimit = gate.timeLimit { words += ["--time-limit", timeLimit.text] }
    if let timeout = gate.timeout { words += ["--timeout", timeout.text] }
    if let load = gate.load { words += ["--load", load] }
    if let cpus = gate.cpus { words += ["--cpus", cpus.numbers.map(String.init).joined(separator: ",")] }
    if let baseline { words += ["--baseline", baseline] }
    if injectSlowdown > 0 { words += ["--inject-slowdown", "\(injectSlowdown)"] }
    return words
  }
}
