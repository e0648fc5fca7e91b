// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// Takes samples of what processors do for a program: at a steady rate, where it is and who called that.
///
/// For a program that is yet to be started:
///
///     let sampler = try ProcessorSampler(.programsOfThisThread)
///     … start the program on this thread, by posix_spawn or fork and exec, and wait for its end …
///     let stacks = sampler.end()
///     let profile = stacks.profile(during: begin...end)
///
/// A thread of its own reads the rings meanwhile. All threads and processes that the program starts are seen as well.
public final class ProcessorSampler {
  public enum Target: Equatable, Sendable {
    /// Every program that the calling thread starts from now on, from its `exec` on. The thread itself is not sampled.
    case programsOfThisThread
    /// A process that is there already: its first thread, and what that starts from now on.
    case process(pid_t)
  }

  /// Not a round number, so that it does not march in step with what happens every so many milliseconds.
  public static let usualFrequency: UInt64 = 997

  public let event: SampledEvent
  /// Why cycles were not counted; nil when they were.
  public let cyclesErrno: Int32?
  /// Whether the kernel's own frames are seen.
  public let hasKernel: Bool
  public let frequency: UInt64
  private let rings: [PerfRing]
  private let reader: RingReader

  /// Begins to take samples.
  ///
  /// - Parameter frequency: Samples a second on each processor; fewer where the kernel allows no more.
  /// - Throws: `samplingNotPermitted`, `samplingNotSupported`, or `system` when there are no threads or no memory.
  public init(_ target: Target, frequency: UInt64 = usualFrequency) throws(ProfilingError) {
    let frequency = min(frequency, max(OnlineProcessors.highestFrequency() ?? frequency, 1))
    var attributes = PerfAttributes(
      event: .cycles, frequency: frequency, beginsAtExec: target == .programsOfThisThread)
    let process: pid_t = if case .process(let process) = target { process } else { 0 }
    let processors = OnlineProcessors.read()
    var cyclesErrno: Int32?
    var first = attributes.open(process: process, processor: processors[0])
    if first == nil {
      // There is no counter, or it is taken; permission may be missing as well, which shows again below.
      cyclesErrno = errno
      attributes.event = .processorClock
      first = attributes.open(process: process, processor: processors[0])
    }
    if first == nil, errno == EACCES || errno == EPERM {
      attributes.hasKernel = false
      attributes.event = .cycles
      first = attributes.open(process: process, processor: processors[0])
      if first == nil {
        attributes.event = .processorClock
        first = attributes.open(process: process, processor: processors[0])
      } else {
        cyclesErrno = nil
      }
    }
    guard let first else { throw Self.refusal(errno) }
    var rings = [try PerfRing(descriptor: first)]
    for processor in processors.dropFirst() {
      guard let descriptor = attributes.open(process: process, processor: processor) else {
        // It may have gone away since the list was read.
        if errno == ENODEV { continue }
        throw Self.refusal(errno)
      }
      rings.append(try PerfRing(descriptor: descriptor))
    }
    var collector = SampleCollector()
    if process != 0 {
      collector.begin(process: process, mappings: ProcessMaps.read(process: process))
      for ring in rings { _ = linux_enable_sampling(ring.descriptor) }
    }
    event = attributes.event
    self.cyclesErrno = cyclesErrno
    hasKernel = attributes.hasKernel
    self.frequency = frequency
    self.rings = rings
    reader = try RingReader(rings, collector)
  }

  /// Takes no more samples, and hands over those taken.
  public func end() -> SampledStacks {
    for ring in rings { _ = linux_disable_sampling(ring.descriptor) }
    return SampledStacks(reader.end(), event: event, frequency: frequency, hasKernel: hasKernel)
  }

  private static func refusal(_ failure: Int32) -> ProfilingError {
    switch failure {
    case EACCES, EPERM: .samplingNotPermitted(level: OnlineProcessors.paranoidLevel())
    case ENOENT, ENODEV, ENOSYS, ENXIO, EOPNOTSUPP, EINVAL: .samplingNotSupported(errno: failure)
    default: .system(call: "perf_event_open", path: "perf_event", errno: failure)
    }
  }
}
