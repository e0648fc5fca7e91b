// SPDX-License-Identifier: MIT

/// What was counted in each function, wherever it was called from.
public struct FunctionTotals: Sendable {
  public struct Row: Equatable, Sendable {
    public var frame: StackFrame
    /// While the function was the innermost; a value for each measure.
    public var own: [Int64]
    /// While the function was anywhere in the stack, however often.
    public var total: [Int64]
  }

  public let measures: [ProfileMeasure]
  /// The sum of everything; a value for each measure.
  public let whole: [Int64]
  /// Most first, by what was counted in the function itself.
  public private(set) var rows: [Row]

  /// Measures that are not additive have no totals, and are left out.
  ///
  /// - Parameter measure: The index, in the profile, of the measure to sort by.
  public init(_ profile: StackProfile, sortedBy measure: Int = 0) {
    let kept = profile.measures.indices.filter { profile.measures[$0].isAdditive }
    measures = kept.map { profile.measures[$0] }
    whole = kept.map { profile.total(measure: $0) }
    rows = profile.frames.map { frame in
      Row(
        frame: frame, own: [Int64](repeating: 0, count: kept.count), total: [Int64](repeating: 0, count: kept.count))
    }
    let isOutermost = Self.outermost(profile)
    for (column, index) in kept.enumerated() {
      let totals = profile.totals(measure: index)
      for node in profile.nodes.dropFirst() {
        let frame = Int(profile.tree.nodes[Int(node.position)].frame)
        rows[frame].own[column] += profile.ownValue(of: node, measure: index)
        if isOutermost[Int(node.position)] { rows[frame].total[column] += totals[Int(node.position)] }
      }
    }
    guard let column = kept.firstIndex(of: measure) else { return }
    rows.sort { first, second in
      let one = (first.own[column].magnitude, first.total[column].magnitude)
      let other = (second.own[column].magnitude, second.total[column].magnitude)
      return one != other ? one > other : first.frame.function < second.frame.function
    }
  }

  /// For each node whether no caller of it is the same function: what a function that calls itself took is counted once.
  private static func outermost(_ profile: StackProfile) -> [Bool] {
    let nodes = profile.tree.nodes
    var isOutermost = [Bool](repeating: false, count: nodes.count)
    var activeCounts = [UInt32](repeating: 0, count: profile.frames.count)
    var active: [UInt32] = []
    SortedCalls(profile).walk { node, _ in
      let frame = nodes[Int(node.position)].frame
      isOutermost[Int(node.position)] = activeCounts[Int(frame)] == 0
      activeCounts[Int(frame)] += 1
      active.append(frame)
    } leave: {
      activeCounts[Int(active.removeLast())] -= 1
    }
    return isOutermost
  }
}
