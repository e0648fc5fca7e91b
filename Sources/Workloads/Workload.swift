// SPDX-License-Identifier: MIT

/// A program in outline: from its parameters, a seed and a number of threads follows one sequence of events.
///
/// The same specification, seed and thread count give the same events every time. Every block is freed by the end.
public struct Workload: Sendable {
  /// How many threads a workload can be asked to keep busy at once.
  public static let maximumThreadCount = 64

  public let name: String
  /// What it stresses, in one line.
  public let summary: String
  /// Where its shape and its numbers come from.
  public let origin: String
  /// Fewer threads make no sense of it.
  public let minimumThreadCount: Int
  /// In the order in which values without names are given.
  public let parameters: [WorkloadParameter]
  let emit: @Sendable (WorkloadSettings, inout WorkloadEmitter) throws -> Void

  init(
    name: String, summary: String, origin: String, minimumThreadCount: Int = 1, parameters: [WorkloadParameter],
    emit: @escaping @Sendable (WorkloadSettings, inout WorkloadEmitter) throws -> Void
  ) {
    self.name = name
    self.summary = summary
    self.origin = origin
    self.minimumThreadCount = minimumThreadCount
    self.parameters = parameters
    self.emit = emit
  }

  /// The parameter of a name, or nil.
  public func parameter(named name: String) -> WorkloadParameter? {
    parameters.first { $0.name == name }
  }
}
