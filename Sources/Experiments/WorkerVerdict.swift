// SPDX-License-Identifier: MIT

import Glibc
import Results

/// Reads from how a worker ended what its row has to say.
enum WorkerVerdict {
  /// The worker's exit code when the allocator returned NULL.
  private static let outOfMemoryCode: Int32 = 71

  static func outcome(of ending: ChildProcess.Ending, _ reply: WorkerReply) -> Outcome {
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

  /// What went wrong, for a person.
  static func words(for sample: Sample, _ ending: ChildProcess.Ending, _ reply: WorkerReply) -> String {
    let place = "\(sample.arm.allocator) on \(sample.cell.workload), \(sample.pass) pass, round \(sample.round)"
    switch sample.outcome.status {
    case .ok: return "\(place): finished"
    case .timeout: return "\(place): killed at its time limit; --timeout gives it longer"
    case .crash:
      let signal = sample.outcome.signal ?? 0
      return "\(place): killed by signal \(signal) (\(String(cString: strsignal(signal))))\(lastWords(ending))"
    case .oom:
      let size = reply.number("byte_count")?.double ?? 0
      return "\(place): returned NULL for \(Int(size)) bytes"
    case .unserved:
      return "\(place): its calls were answered by \(reply.text("detail") ?? "another library")"
    case .exit:
      let detail = [reply.text("failure"), reply.text("detail")].compactMap { $0 }.joined(separator: ": ")
      return "\(place): exit code \(sample.outcome.exitCode ?? -1) \(detail)\(lastWords(ending))"
    }
  }

  private static func lastWords(_ ending: ChildProcess.Ending) -> String {
    let text = String(decoding: ending.standardErrorTail, as: UTF8.self)
    guard let line = text.split(separator: "\n").last else { return "" }
    return "; it wrote: \(line)"
  }
}
