// SPDX-License-Identifier: MIT

import Glibc

/// Why there is no count.
public enum CounterAbsence: String, CaseIterable, Error, Sendable {
  /// The processor, or the virtual machine, has no such counter.
  case notSupported = "not-supported"
  /// The kernel does not permit it to this user: `kernel.perf_event_paranoid`, or a container's seccomp filter.
  case notPermitted = "not-permitted"
  /// No counter of the processor was free at any time.
  case notCounted = "not-counted"
  /// The process has no descriptor left for it.
  case noDescriptor = "no-descriptor"
  /// The kernel has no performance events.
  case noEvents = "no-events"
  case failed

  /// From what `perf_event_open` says.
  init(errno code: Int32) {
    self =
      switch code {
      case ENOENT, ENODEV, ENXIO, EOPNOTSUPP: .notSupported
      case EACCES, EPERM: .notPermitted
      case EMFILE, ENFILE: .noDescriptor
      case ENOSYS: .noEvents
      default: .failed
      }
  }
}
