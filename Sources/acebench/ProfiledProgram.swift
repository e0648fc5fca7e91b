// SPDX-License-Identifier: MIT

import Allocators
import Experiments
import Glibc
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

  func recordedTrace(
    stacks: Recording.Stacks.Method, in folder: String, showsOutput: Bool
  ) throws -> ProfiledTrace? {
    let path = Paths.absolute("\(folder)/recorded.\(getpid()).raw")
    let recording = Recording(
      command: command, rawPath: path, recorder: try WorkerLocation.recorder(), order: "fine", follow: .none,
      durationSeconds: nil, sampleByteCount: nil,
      stacks: Recording.Stacks(
        method: stacks, depth: RecordCommand.defaultStackDepth, intervalByteCount: RecordCommand.defaultStackInterval),
      controlPath: nil, showsOutput: showsOutput)
    let outcome = try recording.run()
    guard outcome.rawPath != nil else {
      throw Failure(
        error: "\(command[0]) cannot be recorded: the recorder did not run in it",
        help: ["a statically linked or set-user-id program cannot be recorded"], status: .failed)
    }
    return ProfiledTrace(path: path, isTemporary: true)
  }

  func shellTexts() -> [String] {
    allocators.map { allocator in
      let preload = allocator.libraryPath.map { ShellText.assignment("LD_PRELOAD=\($0)") + " " } ?? ""
      return preload + ShellText.command(command)
    }
  }
}
