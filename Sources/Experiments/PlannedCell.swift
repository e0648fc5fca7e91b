// SPDX-License-Identifier: MIT

import Results

/// A cell of a plan: what is recorded of it, and what is replayed in it.
public struct PlannedCell: Sendable {
  public var cell: Cell
  public var workload: WorkloadChoice

  /// A workload with a number of threads.
  init(_ choice: WorkloadChoice, threadCount: Int, touch: TouchPolicy) {
    cell = Cell(
      identifier: "\(choice.identifier)@\(threadCount)t/\(touch.rawValue)", workload: choice.name,
      parameters: choice.parameterText, traceSHA256: choice.sha256, threadCount: UInt32(threadCount), touch: touch)
    workload = choice
  }
}
