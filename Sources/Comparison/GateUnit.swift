// SPDX-License-Identifier: MIT

import Results

/// What has rounds of its own in a gate: a cell in a pass.
public struct GateUnit: Hashable, Sendable {
  public var cellIdentifier: String
  public var pass: Pass

  public init(cellIdentifier: String, pass: Pass) {
    self.cellIdentifier = cellIdentifier
    self.pass = pass
  }
}
