// SPDX-License-Identifier: MIT

/// How many stored sessions differ in one thing from the one that is judged.
public struct HistoryMismatch: Equatable, Sendable {
  public var field: GateIdentity.Field
  public var sessionCount: Int

  /// "3 are of another machine".
  var words: String {
    let what =
      switch field {
      case .environment: "of another machine or set-up of it (env_id)"
      case .worker: "of another build of the worker"
      case .workload: "of other workloads or settings"
      case .reference: "of another build of the reference"
      }
    return "\(sessionCount) \(sessionCount == 1 ? "is" : "are") \(what)"
  }
}
