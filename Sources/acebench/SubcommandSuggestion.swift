// SPDX-License-Identifier: MIT

import ArgumentParser
import Workloads

/// Answers a mistyped command with the ones that may have been meant, which ArgumentParser takes for stray arguments.
enum SubcommandSuggestion {
  static func check(_ arguments: [String], against configuration: CommandConfiguration) throws {
    guard let word = arguments.first, !word.hasPrefix("-") else { return }
    let commands = configuration.groupedSubcommands.flatMap { $0.subcommands }
    let names = commands.compactMap { $0.configuration.commandName }
    guard let command = commands.first(where: { $0.configuration.commandName == word }) else {
      guard word != "help" else { return }
      throw failure(word, names, path: "acebench")
    }
    guard !command.configuration.subcommands.isEmpty, let second = arguments.dropFirst().first,
      !second.hasPrefix("-")
    else { return }
    let nested = command.configuration.subcommands.compactMap { $0.configuration.commandName }
    if !nested.contains(second), second != "help" { throw failure(second, nested, path: "acebench \(word)") }
  }

  private static func failure(_ word: String, _ names: [String], path: String) -> Failure {
    let nearest = NearestName.suggestions(for: word, among: names)
    return Failure(
      error: "'\(word)' is not a command of \(path)",
      help: nearest.isEmpty
        ? ["'\(path) --help' lists the commands"]
        : ["did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"],
      status: .usage)
  }
}
