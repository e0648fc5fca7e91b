// SPDX-License-Identifier: MIT

import Results

/// A cell of a plan: what is recorded of it, and what is replayed in it.
public struct PlannedCell: Sendable {
  public var cell: Cell
  public var workload: WorkloadChoice
}
