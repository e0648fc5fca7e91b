// SPDX-License-Identifier: MIT

import Experiments
import Glibc
import Measurement

/// The pass that looks at system calls, and at nothing else: by the best backend that this machine and this user have.
public final class SyscallPass {
  /// A backend that could not be used, and why.
  public struct Refusal: Sendable {
    public var backend: SyscallBackend
    public var failure: SyscallBackendFailure
  }

  /// The backend in use; another after a run that the former one could not do.
  public private(set) var backend: SyscallBackend
  public private(set) var refusals: [Refusal] = []

  private let isForced: Bool
  private let didOutlive: () -> Void
  private var kernelCounter: SyscallKernelCounter?

  /// - Parameters:
  ///   - backend: The one to use, and no other; nil for the best there is.
  ///   - didOutlive: told when a program has ended and processes that it started have not, and must be waited for.
  public init(_ backend: SyscallBackend?, didOutlive: @escaping () -> Void) throws(SyscallBackendFailure) {
    isForced = backend != nil
    self.didOutlive = didOutlive
    self.backend = backend ?? .ebpf
    guard self.backend == .ebpf else { return }
    do {
      kernelCounter = try SyscallKernelCounter()
    } catch {
      try fallBack(error)
    }
  }

  /// Runs a program or a worker once; in the thread that has made the pass.
  public func run(_ target: ProfiledTarget) throws -> (outcome: ProfiledOutcome, calls: SyscallComposition) {
    while true {
      do {
        return try runOnce(target)
      } catch let failure as SyscallBackendFailure {
        try fallBack(failure)
      }
    }
  }

  private func runOnce(_ target: ProfiledTarget) throws -> (outcome: ProfiledOutcome, calls: SyscallComposition) {
    switch backend {
    case .ebpf:
      guard let kernelCounter else { throw SyscallBackendFailure.unknownLayout }
      let (outcome, calls) = try kernelCounter.watch(target.extent) { try target.run() }
      return (outcome, calls)
    case .ptrace: return try trace(target)
    case .proc:
      var calls: SyscallComposition?
      let outcome = try target.run { calls = ProcessReadsAndWrites.composition(of: $0) }
      guard let calls else { throw SyscallBackendFailure.refused(call: "open of /proc/PID/io", errno: EACCES) }
      return (outcome, calls)
    }
  }

  private func trace(_ target: ProfiledTarget) throws -> (outcome: ProfiledOutcome, calls: SyscallComposition) {
    switch target {
    case .program(let program):
      let silent = program.showsOutput ? -1 : open("/dev/null", O_WRONLY | O_CLOEXEC)
      defer { if silent >= 0 { close(silent) } }
      var tracer = SyscallTracer(
        command: program.command, environment: program.wholeEnvironment, output: silent, errors: silent,
        extent: .program, didOutlive: didOutlive)
      let (ending, calls) = try tracer.run()
      return (.traced(status: ending.status), calls)
    case .worker(let command, let timeLimitSeconds):
      return try trace(ProfiledTarget.marked(command), timeLimitSeconds)
    }
  }

  /// The worker's lines go to files: nobody could read a pipe while its calls are waited for.
  private func trace(
    _ command: WorkerCommand, _ timeLimitSeconds: Double
  ) throws -> (outcome: ProfiledOutcome, calls: SyscallComposition) {
    let output = try UnnamedFile()
    let errors = try UnnamedFile()
    var tracer = SyscallTracer(
      command: [command.path] + command.arguments, environment: command.environment, output: output.descriptor,
      errors: errors.descriptor, extent: .markedSpan, timeLimitSeconds: timeLimitSeconds, didOutlive: didOutlive)
    let (traced, calls) = try tracer.run()
    var ending = ChildProcess.Ending()
    ending.exitCode = traced.exitCode
    ending.signal = traced.signal
    ending.timedOut = traced.timedOut
    ending.interrupted = Interruption.isRequested
    ending.standardOutput = output.bytes()
    ending.standardErrorTail = Array(errors.bytes().suffix(4096))
    return (.worker(ending), calls)
  }

  private func fallBack(_ failure: SyscallBackendFailure) throws(SyscallBackendFailure) {
    refusals.append(Refusal(backend: backend, failure: failure))
    let next = SyscallBackend.allCases.drop { $0 != backend }.dropFirst().first
    guard !isForced, let next else { throw failure }
    kernelCounter = nil
    backend = next
  }
}
