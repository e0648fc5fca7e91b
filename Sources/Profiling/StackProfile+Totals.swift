// SPDX-License-Identifier: MIT

extension StackProfile {
  /// What was counted in each node and everything that it called, by the nodes' positions.
  func totals(measure: Int) -> [Int64] {
    var totals = (0..<nodeCount).map { ownValue(of: StackNode(position: UInt32($0)), measure: measure) }
    // Children come after their parents, so theirs are complete.
    for position in stride(from: nodeCount - 1, to: 0, by: -1) {
      totals[Int(nodes[position].parent)] += totals[position]
    }
    return totals
  }

  /// The sum of everything that was added in a measure.
  public func total(measure: Int = 0) -> Int64 {
    (0..<nodeCount).reduce(0) { $0 + ownValue(of: StackNode(position: UInt32($1)), measure: measure) }
  }
}
