// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments
import Glibc
import Reports
import Results

/// `acebench report`
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make a page with plots of results: one file of HTML that needs nothing else.",
    discussion: """
      'acebench report results/sweep -o sweep.html' draws throughput and memory of each workload with intervals, time \
      against memory, memory over the run, latencies, what an ablation found, and says where and how each number was \
      measured. Several results are put side by side, each held against its own base. What failed or is missing is told.

      To a terminal, and with -f text, it prints small bars for each workload instead.
      """)

  @Argument(
    help: ArgumentHelp(
      "Folders of sweeps, gates or ablations, or CSV files of their rows; NAME=PATH gives one a name.",
      valueName: "results"),
    completion: .file(extensions: ["csv"]))
  var results: [String] = []

  @Option(name: [.short, .long], help: "Where the page goes; - for standard output.")
  var output: String?

  @Option(
    name: [.short, .long],
    help: "The form, html or text; html unless given, but text on a terminal without -o.")
  var format: ReportFormat?

  @Option(help: "Write every figure into this folder too, as an SVG of its own.", completion: .directory)
  var svg: String?

  @Option(help: "The allocator that the others are held against: system unless given, where it was measured.")
  var base: String?

  @Option(
    name: [.customShort("w"), .customLong("workload")],
    help: "Show this workload only. Repeat for more.")
  var workloads: [String] = []

  @Option(help: "The page's title.")
  var title: String?

  @Option(help: "When to use colour: auto, always, never.")
  var color = Terminal.ColorChoice.auto

  @Flag(name: [.short, .long], help: "Show no notes.")
  var quiet = false

  func run() throws {
    Terminal.colorChoice = color
    guard !self.results.isEmpty else {
      throw Failure(
        error: "there is nothing to report on",
        help: ["name a result: acebench report results/FOLDER -o report.html"], status: .usage)
    }
    let results = try read()
    let choose = try chosenBase(results)
    if isText {
      let style: TextTable.Style = output == nil && Terminal.colorsOutput ? .colored : .plain
      try write(ReportText(results, base: choose, style: style, width: Terminal.width).render())
    }
    guard !isText || svg != nil else { return }
    let command = ShellText.command(["acebench"] + CommandLine.arguments.dropFirst())
    let page = ReportPage(results, title: title, command: command, base: choose)
    if !isText, output != nil || svg == nil { try write(page.render()) }
    if let svg { try writeFigures(page.figures, svg) }
  }

  /// Whether text was asked for, or is what a terminal can show.
  private var isText: Bool {
    format.map { $0 == .text } ?? (output == nil && svg == nil && Terminal.isOutputInteractive)
  }

  private func read() throws -> [ReportResult] {
    let sources = try ReportSource.all(results)
    // Whether workloads exist is known when all rows have been read; their names cost nothing then.
    let results = try sources.map { try $0.read(workloads: Set(workloads)) }
    if !workloads.isEmpty {
      let found = Set(results.flatMap(\.workloads))
      if !workloads.allSatisfy(found.contains) {
        let known = Set(try sources.map { try $0.read(workloads: []) }.flatMap(\.workloads)).sorted()
        _ = try CompareChoices.workloads(workloads, among: known)
      }
    }
    for result in results where !result.hasFigures && !result.hasEffects {
      throw result.rowCount == 0
        ? Failure(
          error: "\(result.path) has no rows",
          help: ["name a folder that 'acebench sweep' wrote, or a CSV of its rows"], status: .usage)
        : Failure(
          error: "no process of \(result.path) finished: there is nothing to draw", notes: ["it has \(result.endings)"],
          status: .invalid)
    }
    return results
  }

  /// Nil for the usual one.
  private func chosenBase(_ results: [ReportResult]) throws -> (([Arm]) -> Arm?)? {
    guard let base else { return nil }
    // Results need not all have it, but one has to.
    guard results.contains(where: { ComparedArmName.find(base, among: $0.arms) != nil }) else {
      let arms = results.flatMap(\.arms).reduce(into: [Arm]()) { if !$0.contains($1) { $0.append($1) } }
      _ = try CompareChoices.arm(base, among: arms, of: results.map(\.path).joined(separator: ", "))
      return nil
    }
    return { ComparedArmName.find(base, among: $0) ?? ReportPage.usualBase($0) }
  }

  private func write(_ text: String) throws {
    guard let output, output != "-" else { return Streams.writeOutput(text) }
    try ResultsFolder.replace(output, with: Array(text.utf8))
    if !quiet { Diagnostic.note("the report is \(output)") }
  }

  private func writeFigures(_ figures: [PlotFigure], _ folder: String) throws {
    try ResultsFolder.make(folder)
    for figure in figures {
      try ResultsFolder.replace("\(folder)/\(figure.name).svg", with: Array(figure.document.utf8))
    }
    if !quiet { Diagnostic.note("\(figures.count == 1 ? "1 figure is" : "\(figures.count) figures are") in \(folder)") }
  }
}
