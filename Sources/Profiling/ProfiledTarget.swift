// SPDX-License-Identifier: MIT

import Experiments
import Glibc

/// What is run to be profiled, under one allocator.
public enum ProfiledTarget {
  /// A program of the user's, from its start to its end.
  case program(ForegroundProgram)
  /// A worker that replays a workload or a trace; what counts is the replay (`SpanMark`).
  case worker(WorkerCommand, timeLimitSeconds: Double)

  /// What part of it counts.
  var extent: SyscallKernelCounter.Extent {
    switch self {
    case .program: .program
    case .worker: .markedSpan
    }
  }

  /// Runs it. `didEnd` is told of its process when that has ended, while /proc still has what it did.
  func run(didEnd: ((pid_t) -> Void)? = nil) throws -> ProfiledOutcome {
    switch self {
    case .program(var program):
      program.didEnd = didEnd
      return .program(try program.run())
    case .worker(let command, let timeLimitSeconds):
      var child = ChildProcess(Self.marked(command), timeLimitSeconds: timeLimitSeconds)
      child.didEnd = didEnd
      return .worker(try child.run())
    }
  }

  static func marked(_ command: WorkerCommand) -> WorkerCommand {
    var command = command
    command.arguments.append("--mark")
    return command
  }
}
