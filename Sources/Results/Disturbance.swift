// SPDX-License-Identifier: MIT

/// What else went on on the machine while a process ran; nil where the kernel does not tell.
public struct Disturbance: Equatable, Sendable {
  /// Clock ticks, summed over processors, in which the hypervisor ran something else (`steal` of /proc/stat).
  public var stealTickCount: UInt64?
  /// Time in which some task of the machine waited for a processor (`some total=` of /proc/pressure/cpu).
  public var processorPressureMicroseconds: UInt64?
  /// Tasks that ran or waited to run, averaged over the minute before the process ended (/proc/loadavg).
  public var loadAverage: Double?

  public init(
    stealTickCount: UInt64? = nil, processorPressureMicroseconds: UInt64? = nil, loadAverage: Double? = nil
  ) {
    self.stealTickCount = stealTickCount
    self.processorPressureMicroseconds = processorPressureMicroseconds
    self.loadAverage = loadAverage
  }
}
