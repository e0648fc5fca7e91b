// SPDX-License-Identifier: MIT

import Comparison
import Reports
import Results

/// What a comparison ends with: its tables or records, what a reader should know, and the reason where it is invalid.
struct CompareClosing {
  let sources: CompareSources
  let arms: [ComparedArms]
  /// The metrics that were asked for by name.
  let askedMetrics: [Metric]
  let show: OutputOptions

  func close(_ report: EffectReport) throws {
    if !report.findings.isEmpty { showFigures(report) }
    if !show.quiet { notes(report).forEach(Diagnostic.note) }
    for metric in askedMetrics where !report.metrics.contains(metric) && report.isValid {
      Diagnostic.warn("no round has \(metric.column) on both sides")
    }
    if let fault = report.faults.first {
      throw Failure(
        error: "the comparison is invalid: \(words(fault))", notes: report.faults.dropFirst().map(words),
        help: help(fault), status: .invalid)
    }
  }

  private func showFigures(_ report: EffectReport) {
    switch show.format {
    case .text, .markdown:
      Streams.writeOutput(EffectTables(report).render(show.tableStyle, width: Terminal.width))
    case .csv, .json: show.show(EffectRecords.table(report))
    }
  }

  private func notes(_ report: EffectReport) -> [String] {
    guard report.faults.allSatisfy(\.leavesFigures) else { return [] }
    var notes: [String] = []
    if report.unpairedRoundCount > 0 {
      notes.append("left out: \(Self.count(report.unpairedRoundCount, "round")) that only one side finished")
    }
    if report.differentSeedCount > 0 {
      notes.append(
        "left out: \(Self.count(report.differentSeedCount, "round")) whose seeds differ; "
          + "the same --seed makes both sides run the same operations")
    }
    for (metric, count) in report.unusablePairCounts.sorted(by: { $0.key.column < $1.key.column }) {
      notes.append("left out: \(Self.count(count, "round")) in which \(metric.column) is not above zero on both sides")
    }
    if !report.isWithinRounds, report.isValid { notes.append(contentsOf: notesOnApartness()) }
    return notes
  }

  /// What to think of two results that were measured one after the other.
  private func notesOnApartness() -> [String] {
    let unchanged = arms.filter(sources.haveSameFile)
    let names = unchanged.map { ComparedArmName.text($0.base) }.joined(separator: ", ")
    var notes: [String] = []
    if !unchanged.isEmpty {
      let subject = unchanged.count == 1 ? "the file of \(names) is" : "the files of \(names) are"
      notes.append("\(subject) the same on both sides: how far they differ there is what the machine does by itself")
    }
    if let drift = floorDrift { notes.append(drift) }
    guard unchanged.count < arms.count else { return notes }
    notes.append(
      "the two results were not measured side by side: what changed on the machine in between is part of the difference"
        + (sideBySideCommand.map { "; to be sure: \($0)" } ?? ""))
    return notes
  }

  /// What the floor, which is the same in every result, did between the two; nil where it is not known or nothing.
  private var floorDrift: String? {
    let floor = Arm(allocator: Arm.floorAllocator)
    let report = EffectAnalysis(
      base: sources.base, candidate: sources.candidate, arms: [ComparedArms(base: floor, candidate: floor)]
    ).report()
    let found = report.means.first ?? report.findings.first
    guard let found, found.metric == .throughput, [.better, .worse].contains(found.verdict) else { return nil }
    return EffectTables.sentence(found, "the floor, which is no allocator,", "before")
      + ": the machine did not run at one speed"
  }

  /// The commands that measure the first pair that is worth it in the same rounds.
  private var sideBySideCommand: String? {
    arms.first { !sources.haveSameFile($0) }.flatMap { CompareCommands.sideBySide($0, sources) }
  }

  private func words(_ fault: ComparedFault) -> String {
    fault.words(base: sources.basePath, candidate: sources.candidatePath)
  }

  private func help(_ fault: ComparedFault) -> [String] {
    switch fault {
    case .mixedEnvironments, .mixedPlans: return ["measure all that is compared in one go"]
    case .differentEnvironments:
      return ["measure both on the same machine" + (sideBySideCommand.map { ": \($0)" } ?? "")]
    case .noCommonCell:
      return ["a cell is a workload with its parameters, threads and touch policy; measure the same ones"]
    case .noCommonRound(let differentSeedCount):
      return differentSeedCount > 0 ? ["measure both with the same --seed"] : []
    case .noValue: return ["'acebench list metrics' says which pass measures what"]
    }
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
