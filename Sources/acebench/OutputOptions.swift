// SPDX-License-Identifier: MIT

import ArgumentParser
import Reports

/// How a command shows what it has to say.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: "How to show results: \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = OutputFormat.text

  @Option(help: "When to use colour: auto, always, never.")
  var color = Terminal.ColorChoice.auto

  @Flag(name: [.short, .long], help: "Show no progress and no notes.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Say more.")
  var verbose = false

  /// Makes the choices hold for the rest of the program.
  func apply() { Terminal.colorChoice = color }

  /// The style of tables in the chosen format.
  var tableStyle: TextTable.Style {
    switch format {
    case .markdown: .markdown
    case .text, .csv, .json: Terminal.colorsOutput ? .colored : .plain
    }
  }

  /// Writes records in the chosen format.
  func show(_ table: RecordTable) {
    Streams.writeOutput(table.render(format, isColored: Terminal.colorsOutput, width: Terminal.width))
  }
}

extension OutputFormat: ExpressibleByArgument {}
