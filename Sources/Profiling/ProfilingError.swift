// SPDX-License-Identifier: MIT

/// Why a profile could not be made or written.
public enum ProfilingError: Error, Equatable {
  /// A system call failed.
  case system(call: String, path: String, errno: Int32)
  /// The kernel does not let this user take samples.
  ///
  /// - Parameter level: `kernel.perf_event_paranoid`; nil when it cannot be read.
  case samplingNotPermitted(level: Int?)
  /// The kernel cannot take samples, neither by cycles nor by its clock.
  case samplingNotSupported(errno: Int32)
  /// The trace does not say where its allocations were made.
  case traceWithoutStacks(path: String)
  /// Two profiles that shall become one do not count the same things.
  case differentMeasures([ProfileMeasure], [ProfileMeasure])
}
