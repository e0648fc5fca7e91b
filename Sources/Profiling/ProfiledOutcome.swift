// SPDX-License-Identifier: MIT

import Experiments
import Results

/// How a profiled process ended.
public enum ProfiledOutcome: Sendable {
  /// A program, with what the kernel says of it.
  case program(ForegroundProgram.Usage)
  /// A program that was traced: its status as a shell would put it.
  case traced(status: Int32)
  /// A worker.
  case worker(ChildProcess.Ending)

  /// What went wrong, for a person; nil when nothing.
  public var fault: String? {
    switch self {
    case .program(let usage): usage.status == 0 ? nil : "ended with status \(usage.status)"
    case .traced(let status): status == 0 ? nil : "ended with status \(status)"
    case .worker(let ending):
      Self.fault(of: ending)
    }
  }

  /// Whether the user's interruption ended it.
  public var isInterrupted: Bool {
    if case .worker(let ending) = self, ending.interrupted { return true }
    return Interruption.isRequested
  }

  private static func fault(of ending: ChildProcess.Ending) -> String? {
    let reply = WorkerReply(ending.standardOutput)
    let outcome = WorkerVerdict.outcome(of: ending, reply)
    return outcome.status == .ok ? nil : WorkerVerdict.fault(outcome, ending, reply)
  }
}
