// SPDX-License-Identifier: MIT

/// Why a profile could not be made or written.
public enum ProfilingError: Error, Equatable {
  /// A system call failed.
  case system(call: String, path: String, errno: Int32)
  /// The trace does not say where its allocations were made.
  case traceWithoutStacks(path: String)
  /// Two profiles that shall become one do not count the same things.
  case differentMeasures([ProfileMeasure], [ProfileMeasure])
}
