// SPDX-License-Identifier: MIT

/// What is wrong with the description of a workload, as facts; the nearest names are what may have been meant.
public enum WorkloadError: Error, Equatable, Sendable {
  case unknownWorkload(name: String, nearest: [String])
  case unknownParameter(workload: String, name: String, nearest: [String])
  case repeatedParameter(workload: String, parameter: String)
  case notANumber(workload: String, parameter: String, text: String)
  case outOfRange(workload: String, parameter: String, text: String, minimum: String, maximum: String)
  /// One parameter must be at least another.
  case belowOther(workload: String, parameter: String, other: String)
  case tooManyValues(workload: String, limit: Int)
  /// A bracket is not closed, or a value is empty.
  case malformed(text: String)
  case threadCountOutOfRange(workload: String, threadCount: Int, minimum: Int, maximum: Int)
}
