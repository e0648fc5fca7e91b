// SPDX-License-Identifier: MIT

import Glibc
import Results

/// Reads from how a worker ended what its row has to say.
public enum WorkerVerdict {
  /// The worker's exit code when the allocator returned NULL.
  private static let outOfMemoryCode: Int32 = 71

  public static func outcome(of ending: ChildProcess.Ending, _ reply: WorkerReply) -> Outcome {
    if ending.timedOut { return Outcome(.timeout) }
    if let signal = ending.signal { return Outcome(.crash, signal: signal) }
    let code = ending.exitCode
    switch code {
    case 0 where reply.number("operations_count") != nil: return .ok
    case outOfMemoryCode: return Outcome(.oom, exitCode: code)
    default:
      return Outcome(reply.text("failure") == "unserved" ? .unserved : .exit, exitCode: code)
    }
  }

  /// Refuses a worker whose allocator was not set as the arm says: what it measured, if anything, was something else, and
  /// so it would be in every round.
  public static func requireSettings(_ arm: Arm, _ reply: WorkerReply) throws(ExperimentError) {
    guard reply.text("failure") == "setting" else { return }
    throw .settingNotTaken(arm: arm, reason: reply.text("detail") ?? "")
  }

  /// What went wrong, for a person.
  static func words(for sample: Sample, _ ending: ChildProcess.Ending, _ reply: WorkerReply) -> String {
    let place = "\(sample.arm.allocator) on \(sample.cell.workload), \(sample.pass) pass, round \(sample.round)"
    return "\(place): \(fault(sample.outcome, ending, reply))"
  }

  /// What went wrong, without where.
  public static func fault(_ outcome: Outcome, _ ending: ChildProcess.Ending, _ reply: WorkerReply) -> String {
    switch outcome.status {
    case .ok: return "finished"
    case .timeout: return "killed at its time limit; --timeout gives it longer"
    case .crash:
      let signal = outcome.signal ?? 0
      return "killed by signal \(signal) (\(String(cString: strsignal(signal))))\(lastWords(ending))"
    case .oom: return "returned NULL for \(count("byte_count", reply)) bytes"
    case .unserved: return "its calls were answered by \(reply.text("detail") ?? "another library")"
    case .exit: return "\(failure(reply) ?? "exit code \(outcome.exitCode ?? -1)")\(lastWords(ending))"
    }
  }

  /// The failure that the worker reported, with the block it is about.
  private static func failure(_ reply: WorkerReply) -> String? {
    guard let failure = reply.text("failure") else { return nil }
    if let detail = reply.text("detail") { return "\(failure): \(detail)" }
    guard case .count(let address) = reply.number("address") else { return failure }
    return "\(failure): block of \(count("byte_count", reply)) bytes at 0x\(String(address, radix: 16)), "
      + "thread \(count("thread", reply)) after \(count("performed_count", reply)) events"
  }

  /// A count of the reply, of any size; 0 when there is none.
  private static func count(_ name: String, _ reply: WorkerReply) -> UInt64 {
    if case .count(let count) = reply.number(name) { return count }
    return 0
  }

  private static func lastWords(_ ending: ChildProcess.Ending) -> String {
    let text = String(decoding: ending.standardErrorTail, as: UTF8.self)
    guard let line = text.split(separator: "\n").last else { return "" }
    return "; it wrote: \(line)"
  }
}
