// SPDX-License-Identifier: MIT

import Glibc

/// What the kernel has charged this process with so far: `getrusage(RUSAGE_SELF)`.
public struct ResourceUsage: Equatable, Sendable {
  public var userNanoseconds: UInt64
  public var systemNanoseconds: UInt64
  public var minorFaultCount: UInt64
  public var majorFaultCount: UInt64
  public var voluntarySwitchCount: UInt64
  public var involuntarySwitchCount: UInt64

  public static func current() -> ResourceUsage {
    var usage = rusage()
    getrusage(RUSAGE_SELF.rawValue, &usage)
    func nanoseconds(_ time: timeval) -> UInt64 {
      UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_usec) * 1000
    }
    return ResourceUsage(
      userNanoseconds: nanoseconds(usage.ru_utime), systemNanoseconds: nanoseconds(usage.ru_stime),
      minorFaultCount: UInt64(usage.ru_minflt), majorFaultCount: UInt64(usage.ru_majflt),
      voluntarySwitchCount: UInt64(usage.ru_nvcsw), involuntarySwitchCount: UInt64(usage.ru_nivcsw))
  }

  /// What came between an earlier reading and this one.
  public func since(_ earlier: ResourceUsage) -> ResourceUsage {
    ResourceUsage(
      userNanoseconds: userNanoseconds - earlier.userNanoseconds,
      systemNanoseconds: systemNanoseconds - earlier.systemNanoseconds,
      minorFaultCount: minorFaultCount - earlier.minorFaultCount,
      majorFaultCount: majorFaultCount - earlier.majorFaultCount,
      voluntarySwitchCount: voluntarySwitchCount - earlier.voluntarySwitchCount,
      involuntarySwitchCount: involuntarySwitchCount - earlier.involuntarySwitchCount)
  }

  public static func + (first: ResourceUsage, second: ResourceUsage) -> ResourceUsage {
    ResourceUsage(
      userNanoseconds: first.userNanoseconds + second.userNanoseconds,
      systemNanoseconds: first.systemNanoseconds + second.systemNanoseconds,
      minorFaultCount: first.minorFaultCount + second.minorFaultCount,
      majorFaultCount: first.majorFaultCount + second.majorFaultCount,
      voluntarySwitchCount: first.voluntarySwitchCount + second.voluntarySwitchCount,
      involuntarySwitchCount: first.involuntarySwitchCount + second.involuntarySwitchCount)
  }
}
