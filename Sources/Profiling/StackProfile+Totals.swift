// SPDX-License-Identifier: MIT

extension StackProfile {
  /// What was counted in each node and everything that it called, in the order of `nodes`.
  public func totals(measure: Int = 0) -> [Int64] {
    var totals = nodes.map { ownValue(of: $0, measure: measure) }
    // Children come after their parents, so theirs are complete.
    for position in stride(from: nodeCount - 1, to: 0, by: -1) {
      totals[Int(tree.nodes[position].parent)] += totals[position]
    }
    return totals
  }

  /// The sum of everything that was added in a measure.
  public func total(measure: Int = 0) -> Int64 {
    nodes.reduce(0) { $0 + ownValue(of: $1, measure: measure) }
  }
}
