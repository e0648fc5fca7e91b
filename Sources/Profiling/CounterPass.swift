// SPDX-License-Identifier: MIT

import Experiments
import Measurement

/// The pass that reads performance counters, and does nothing else.
public enum CounterPass {
  /// Runs a program or a worker once; `round` is nil when it failed.
  public static func run(_ target: ProfiledTarget) throws -> (outcome: ProfiledOutcome, round: CounterRound?) {
    switch target {
    case .program(let program):
      // The program inherits the counters, which begin when it does.
      let counters = CounterSet(.atExec)
      let usage = try program.run()
      let outcome = ProfiledOutcome.program(usage)
      return (outcome, outcome.fault == nil ? CounterRound(counters, usage) : nil)
    case .worker(var command, let timeLimitSeconds):
      command.arguments.append("--counters")
      let ending = try ChildProcess(command, timeLimitSeconds: timeLimitSeconds).run()
      let outcome = ProfiledOutcome.worker(ending)
      return (outcome, outcome.fault == nil ? CounterRound(WorkerReply(ending.standardOutput)) : nil)
    }
  }
}
