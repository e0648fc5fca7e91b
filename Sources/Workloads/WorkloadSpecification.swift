// SPDX-License-Identifier: MIT

import Events

/// A workload with a value for each of its parameters.
///
/// Its text is `random-mixed(operations=2000000,slots=400,maximum-size=1KiB)`; see `init(parsing:)` for what may be
/// typed.
public struct WorkloadSpecification: Sendable, CustomStringConvertible {
  public let workload: Workload
  /// In the order of the workload's parameters; each within its range.
  public internal(set) var values: [WorkloadValue]
  /// Set when the specification itself names a seed, which then holds against that of the run.
  public internal(set) var seed: UInt64?

  /// A workload with its defaults.
  public init(_ workload: Workload) {
    self.workload = workload
    values = workload.parameters.map(\.defaultValue)
  }

  /// The value of one of the workload's parameters.
  public subscript(parameter: WorkloadParameter) -> WorkloadValue {
    for (index, candidate) in workload.parameters.enumerated() where candidate.name == parameter.name {
      return values[index]
    }
    preconditionFailure("\(workload.name) has no parameter \(parameter.name)")
  }

  /// The canonical text, which names every value and parses to the same specification.
  public var description: String {
    var items = zip(workload.parameters, values).map { "\($0.name)=\($1.text(in: $0.unit))" }
    if let seed { items.append("seed=\(seed)") }
    return "\(workload.name)(\(items.joined(separator: ",")))"
  }

  /// Sends the sequence of events to a sink.
  ///
  /// - Parameter threadCount: how many threads are busy at once, the main thread among them; a workload whose threads
  ///   come and go has many more over its life.
  /// - Throws: `WorkloadError.threadCountOutOfRange`, or what the sink throws.
  public func generate(seed runSeed: UInt64, threadCount: Int, into sink: any EventSink) throws {
    guard (workload.minimumThreadCount...Workload.maximumThreadCount).contains(threadCount) else {
      throw WorkloadError.threadCountOutOfRange(
        workload: workload.name, threadCount: threadCount, minimum: workload.minimumThreadCount,
        maximum: Workload.maximumThreadCount)
    }
    let settings = WorkloadSettings(specification: self, seed: seed ?? runSeed, threadCount: threadCount)
    var emitter = WorkloadEmitter(into: sink)
    try workload.emit(settings, &emitter)
    try emitter.finish()
  }
}
