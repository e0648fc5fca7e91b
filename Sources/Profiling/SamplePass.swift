// SPDX-License-Identifier: MIT

import Experiments

/// The pass that samples what processors do, and does nothing else.
public enum SamplePass {
  /// Runs a program or a worker once; of a worker, the samples of its measured runs.
  public static func run(
    _ target: ProfiledTarget
  ) throws -> (outcome: ProfiledOutcome, stacks: SampledStacks, profile: StackProfile) {
    let sampler = try ProcessorSampler(.programsOfThisThread)
    let result = Result { try target.run() }
    let stacks = sampler.end()
    let outcome = try result.get()
    return (outcome, stacks, stacks.profile(during: outcome.measuredSpan))
  }
}

extension ProfiledOutcome {
  /// When a worker's measured runs began and ended, as nanoseconds of CLOCK_MONOTONIC; nil for what is measured as a whole.
  var measuredSpan: ClosedRange<UInt64>? {
    guard case .worker(let ending) = self else { return nil }
    let reply = WorkerReply(ending.standardOutput)
    guard case .count(let begin) = reply.number("span_begin_ns"), case .count(let end) = reply.number("span_end_ns"),
      begin <= end
    else { return nil }
    return begin...end
  }
}
