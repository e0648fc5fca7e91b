// SPDX-License-Identifier: MIT

import ArgumentParser

/// `acebench trace`
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Look into traces, convert, import and cut them.",
    subcommands: [
      TraceInfoCommand.self, TraceConvertCommand.self, TraceImportCommand.self, TraceCutCommand.self,
    ])
}
