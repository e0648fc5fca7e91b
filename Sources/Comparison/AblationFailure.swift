// SPDX-License-Identifier: MIT

import Results

/// Processes of an arm that did not finish, in a cell and pass.
public struct AblationFailure: Equatable, Sendable {
  public var cell: Cell
  public var pass: Pass
  public var arm: Arm
  /// Rounds whose latest attempt failed.
  public var roundCount: Int
  /// How the last of them ended.
  public var outcome: Outcome
}
