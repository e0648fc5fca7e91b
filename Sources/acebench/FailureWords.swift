// SPDX-License-Identifier: MIT

import Allocators
import Experiments
import Glibc
import Profiling
import Program
import Results
import Trace
import Workloads

/// Puts the facts that the modules throw into words. What it does not know is ArgumentParser's to describe.
enum FailureWords {
  static func describe(_ error: any Error) -> Failure? {
    switch error {
    case let failure as Failure: failure
    case let error as AllocatorError: describe(error)
    case let error as WorkloadError: describe(error)
    case let error as ExperimentError: describe(error)
    case let error as TraceError: describe(error)
    case let error as ResultsError: describe(error)
    case let error as ProgramError: describe(error)
    case let error as SyscallBackendFailure: describe(error)
    case let error as ProfilingError: describe(error)
    default: nil
    }
  }

  private static func describe(_ error: AllocatorError) -> Failure {
    switch error {
    case .unknown(let name, let known):
      let nearest = NearestName.suggestions(for: name, among: known)
      return Failure(
        error: "no allocator is called '\(name)'",
        help: suggestion(nearest) + [
          "'acebench list allocators' shows them; any library can be named as \(name)=/path.so"
        ],
        status: .usage)
    case .malformed(let description):
      return Failure(
        error: "'\(description)' does not describe an allocator",
        help: ["give a known name, name=/path.so, or name=/path.so:prefix_ for functions called prefix_malloc"],
        status: .usage)
    case .notFound(let name, let places):
      return Failure(
        error: "the library of '\(name)' was not found",
        notes: ["looked for " + places.prefix(3).joined(separator: ", ") + (places.count > 3 ? ", …" : "")],
        help: ["install it, or name its file: \(name)=/path/to/library.so"], status: .unavailable)
    case .notLoadable(let path, let reason):
      return Failure(error: "\(path) cannot be loaded", notes: [reason], status: .unavailable)
    case .missingSymbol(let path, let symbol):
      return Failure(
        error: "\(path) has no function '\(symbol)'",
        help: ["if its functions have a prefix, add it: name=\(path):prefix_"], status: .unavailable)
    case .noStatistics(let path):
      return Failure(
        error: "\(path) does not answer 'ace_get_statistics', as every build of ACE does",
        help: ["a library that is not ACE needs another name: mine=\(path)"], status: .unavailable)
    case .notServed(let expected, let found):
      return Failure(error: "calls meant for \(expected) were answered by \(found)", status: .failed)
    case .noAddressSpace:
      return Failure(
        error: "the address space is too small for the floor allocator", help: ["raise 'ulimit -v'"],
        status: .unavailable)
    }
  }

  private static func describe(_ error: WorkloadError) -> Failure {
    switch error {
    case .unknownWorkload(let name, let nearest):
      return Failure(
        error: "no workload is called '\(name)'",
        help: suggestion(nearest) + ["'acebench list workloads' shows them; a trace is named by its path"],
        status: .usage)
    case .unknownParameter(let workload, let name, let nearest):
      return Failure(
        error: "\(workload) has no parameter '\(name)'",
        help: suggestion(nearest) + ["'acebench list workloads -v' shows the parameters"], status: .usage)
    case .repeatedParameter(let workload, let parameter):
      return Failure(error: "\(workload) is given '\(parameter)' twice", status: .usage)
    case .notANumber(let workload, let parameter, let text):
      return Failure(error: "\(parameter) of \(workload) takes a number, not '\(text)'", status: .usage)
    case .outOfRange(let workload, let parameter, let text, let minimum, let maximum):
      return Failure(
        error: "\(parameter) of \(workload) cannot be \(text)", help: ["it goes from \(minimum) to \(maximum)"],
        status: .usage)
    case .belowOther(let workload, let parameter, let other):
      return Failure(error: "\(parameter) of \(workload) must be at least \(other)", status: .usage)
    case .tooManyValues(let workload, let limit):
      return Failure(error: "\(workload) takes at most \(limit) values", status: .usage)
    case .malformed(let text):
      return Failure(
        error: "'\(text)' does not describe a workload",
        help: ["write a name, name:value,value or name(parameter=value,…)"], status: .usage)
    case .threadCountOutOfRange(let workload, let threadCount, let minimum, let maximum):
      return Failure(
        error: "\(workload) cannot run with \(threadCount) threads", help: ["it takes \(minimum) to \(maximum)"],
        status: .usage)
    }
  }

  static func suggestion(_ nearest: [String]) -> [String] {
    nearest.isEmpty ? [] : ["did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"]
  }
}
