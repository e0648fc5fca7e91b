// SPDX-License-Identifier: MIT

import Glibc
import Profiling

extension FailureWords {
  static func describe(_ failure: SyscallBackendFailure) -> Failure {
    var result = Failure(
      error: "system calls cannot be watched: \(reason(failure))",
      help: ["without --backend the best way that is permitted is taken"], status: .unavailable)
    if case .notVerified(_, let log) = failure { result.notes = [log] }
    return result
  }

  static func describe(_ error: ProfilingError) -> Failure {
    switch error {
    case .system(let call, let path, let code):
      Failure(error: "\(path): \(String(cString: strerror(code))) (\(call))", status: .failed)
    case .samplingNotPermitted(let level):
      Failure(
        error: "processors may not be sampled by this user",
        notes: level.map { ["kernel.perf_event_paranoid is \($0)"] } ?? [],
        help: ["'sysctl kernel.perf_event_paranoid=1' permits it, as does root; --show leaves the section out"],
        status: .unavailable)
    case .samplingNotSupported(let code):
      Failure(
        error: "this kernel takes no samples: \(String(cString: strerror(code))) (perf_event_open)",
        help: ["--show leaves the section out"], status: .unavailable)
    case .traceWithoutStacks(let path):
      Failure(
        error: "\(path): the trace does not say where its allocations were made",
        help: ["'acebench record --stacks sampled -- COMMAND…' makes one that does"], status: .usage)
    case .differentMeasures:
      Failure(
        error: "the samples of two runs cannot be compared: they were taken by different events", status: .failed)
    }
  }

  /// Why a backend cannot be used.
  static func reason(_ failure: SyscallBackendFailure) -> String {
    switch failure {
    case .refused(let call, let code):
      "\(call): \(String(cString: strerror(code)))"
        + (code == EPERM ? " (it takes root, or CAP_BPF and CAP_PERFMON; containers may forbid it)" : "")
    case .notVerified(let tracepoint, _): "the kernel does not accept the program for \(tracepoint)"
    case .unknownLayout: "the kernel's record of a thread is not as expected"
    case .miscounted(let expected, let found): "a test counted \(found) calls of \(expected)"
    case .otherProcessor: "it is made for x86-64"
    }
  }
}
