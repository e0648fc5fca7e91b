// SPDX-License-Identifier: MIT

import Experiments
import Profiling
import Reports

extension ProfileRun {
  mutating func performCounters() throws {
    var summary = CounterSummary(allocators: subject.arms)
    let total = (roundCount + 1) * subject.arms.count
    var done = 0
    var measuredCount = 0
    let begin = MonotonicTime.nowSeconds()
    // The first process of each is not counted: it brings files into memory.
    rounds: for round in 0...roundCount {
      if round > 1, let timeLimitSeconds, MonotonicTime.nowSeconds() - begin > timeLimitSeconds { break }
      for arm in subject.order(round: round, pass: "counters") {
        progress.show(done: done, total: total, what: "counters, round \(round), \(subject.arms[arm])")
        let (outcome, values) = try CounterPass.run(nextTarget(arm: arm, round: max(round, 1)))
        if outcome.isInterrupted { break rounds }
        done += 1
        try note(outcome, arm: arm)
        if round > 0, let values { summary.add(subject.arms[arm], round: round, values) }
        measuredCount = round
      }
    }
    ProgressLine.clear()
    try write("counters", summary.records)
    guard isForPeople else { return }
    Streams.writeOutput(
      show.tableStyle.heading("Counters (medians of \(measuredCount) rounds)")
        + summary.table.render(show.tableStyle, width: Terminal.width) + Self.list(summary.remarks, show.tableStyle))
  }

  mutating func performSyscalls() throws {
    let pass = try SyscallPass(backend) {
      Diagnostic.note("the program has ended, but not all that it started; ptrace has to wait for that, Ctrl-C ends it")
    }
    var summary = SyscallSummary()
    for (arm, name) in subject.arms.enumerated() {
      progress.show(done: arm, total: subject.arms.count, what: "system calls, \(name)")
      let (outcome, calls) = try pass.run(nextTarget(arm: arm, round: 1))
      if outcome.isInterrupted { break }
      try note(outcome, arm: arm)
      if case .worker = outcome, outcome.fault != nil { continue }
      summary.add(name, calls)
      if calls.remainingThreadCount > 0, !show.quiet {
        let threads = calls.remainingThreadCount == 1 ? "a thread" : "\(calls.remainingThreadCount) threads"
        Diagnostic.note(
          "with \(name), \(threads) of what the program had started went on when it ended; what was done until then is "
            + "counted")
      }
      if calls.lostThreadCount > 0 {
        Diagnostic.warn("with \(name), \(calls.lostThreadCount) threads were too many to be followed")
      }
    }
    ProgressLine.clear()
    for refusal in pass.refusals where !show.quiet {
      Diagnostic.note("\(refusal.backend.rawValue) is not used: \(FailureWords.reason(refusal.failure))")
    }
    guard !summary.isEmpty else { return }
    try write("syscalls", summary.records)
    if isForPeople { Streams.writeOutput(summary.render(show.tableStyle, width: Terminal.width)) }
  }

  private static func list(_ remarks: [String], _ style: TextTable.Style) -> String {
    remarks.map { style == .markdown ? "- \($0)\n" : "  \($0)\n" }.joined() + "\n"
  }
}
