// SPDX-License-Identifier: MIT

import Allocators
import Experiments
import Profiling

/// A program of the user's, with each allocator preloaded.
final class ProfiledProgram: ProfileSubject {
  private let command: [String]
  private let allocators: [Allocator]
  private let schedule: RoundSchedule

  init(command: [String], measure: MeasureOptions) throws {
    self.command = command
    schedule = RoundSchedule(seed: measure.seed ?? 1)
    let names = measure.allocators.isEmpty ? AvailableAllocators.names : measure.allocators
    allocators = try names.map { try AllocatorCatalog.allocator(describedBy: $0) }
      .filter { $0.source == .process || $0.libraryPath != nil }
    guard !allocators.isEmpty else {
      throw Failure(
        error: "there is nothing to preload: null is no library", help: ["name an allocator with -a"], status: .usage)
    }
  }

  var name: String { command[0].split(separator: "/").last.map(String.init) ?? "program" }
  var arms: [String] { allocators.map(\.name) }

  func order(round: Int, pass: String) -> [Int] {
    schedule.arms(count: allocators.count, round: round, cell: "program", pass: pass)
  }

  func target(arm: Int, round: Int, showsOutput: Bool) -> ProfiledTarget {
    let environment = allocators[arm].libraryPath.map { ["LD_PRELOAD=\($0)"] } ?? []
    return .program(ForegroundProgram(command: command, environment: environment, showsOutput: showsOutput))
  }

  func check(_ outcome: ProfiledOutcome, arm: Int) {}

  func shellTexts() -> [String] {
    allocators.map { allocator in
      let preload = allocator.libraryPath.map { ShellText.assignment("LD_PRELOAD=\($0)") + " " } ?? ""
      return preload + ShellText.command(command)
    }
  }
}
