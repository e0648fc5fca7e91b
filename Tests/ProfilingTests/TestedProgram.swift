// SPDX-License-Identifier: MIT

import Experiments
import Profiling

/// Programs as tests run them.
enum TestedProgram {
  static func program(_ command: [String]) -> ForegroundProgram {
    ForegroundProgram(command: command, environment: [], showsOutput: false)
  }

  /// The system calls of a program by name, as one backend and no other sees them.
  static func calls(
    of command: [String], by backend: SyscallBackend, didOutlive: @escaping () -> Void = {}
  ) throws -> (outcome: ProfiledOutcome, calls: SyscallComposition, named: [String: SyscallCount]) {
    let pass = try SyscallPass(backend, didOutlive: didOutlive)
    let (outcome, calls) = try pass.run(.program(program(command)))
    return (outcome, calls, Dictionary(uniqueKeysWithValues: calls.counts.map { ($0.call.name, $0) }))
  }
}
