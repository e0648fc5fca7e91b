// SPDX-License-Identifier: MIT

import Experiments
import TestSupport

/// A run of the real worker program.
struct WorkerRun {
  let ending: ChildProcess.Ending
  let reply: WorkerReply

  init(_ arguments: [String], environment: [String] = [], timeLimitSeconds: Double = 60) throws {
    ending = try ChildProcess(
      path: Products.path("acebench-worker"), arguments: arguments, environment: environment,
      timeLimitSeconds: timeLimitSeconds
    ).run()
    reply = WorkerReply(ending.standardOutput)
  }

  init(_ program: ReplayProgram, _ arguments: [String], environment: [String] = [], timeLimitSeconds: Double = 60)
    throws
  {
    try self.init(
      ["--program", program.path] + arguments, environment: environment, timeLimitSeconds: timeLimitSeconds)
  }

  func count(_ name: String) -> UInt64? {
    if case .count(let count) = reply.number(name) { return count }
    return nil
  }
}
