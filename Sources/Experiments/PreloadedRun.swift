// SPDX-License-Identifier: MIT

import Allocators
import Measurement
import Results

/// Runs a real program in rounds, each allocator preloaded in turn, and tells what each process took.
public struct PreloadedRun {
  /// One process.
  public struct Measurement: Sendable {
    public var round: Int
    public var allocator: String
    public var usage: ForegroundProgram.Usage
  }

  private let command: [String]
  private let allocators: [Allocator]
  private let roundCount: Int
  private let seed: UInt64
  private let binding: ProcessBinding

  /// Allocators that are not libraries, the C library's excepted, cannot be preloaded and are left out.
  public init(
    command: [String], allocators: [Allocator], roundCount: Int, seed: UInt64,
    binding: ProcessBinding = ProcessBinding()
  ) {
    self.binding = binding
    self.command = command
    self.allocators = allocators.filter { $0.source == .process || $0.libraryPath != nil }
    self.roundCount = roundCount
    self.seed = seed
  }

  /// Runs everything, the first process of each allocator uncounted; false when the user interrupted.
  public func run(
    willRun: (_ done: Int, _ total: Int, _ what: String) -> Void, didMeasure: (Measurement) -> Void
  ) throws -> Bool {
    let schedule = RoundSchedule(seed: seed)
    let total = (roundCount + 1) * allocators.count
    var done = 0
    for round in 0...roundCount {
      for index in schedule.arms(count: allocators.count, round: round, cell: "program", pass: Pass.time.rawValue) {
        if Interruption.isRequested { return false }
        let allocator = allocators[index]
        willRun(done, total, "round \(round), \(allocator.name)")
        let environment = allocator.libraryPath.map { ["LD_PRELOAD=\($0)"] } ?? []
        // Only the discarded run shows what the program writes; twenty copies of it help nobody.
        var program = ForegroundProgram(command: command, environment: environment, showsOutput: done == 0)
        program.binding = binding
        let usage = try program.run()
        done += 1
        if Interruption.isRequested { return false }
        if round > 0 { didMeasure(Measurement(round: round, allocator: allocator.name, usage: usage)) }
      }
    }
    return true
  }
}
