// SPDX-License-Identifier: MIT

/// Which nodes of a tree are wide enough to be drawn, and where.
struct FlamegraphDrawing {
  private let calls: SortedCalls
  private let widths: [Int64]
  /// Rows of frames, the root's included.
  private(set) var rowCount = 1

  /// - Parameter widths: What nodes are as wide as, by their positions; a node's is at least the sum of what it calls.
  init(_ calls: SortedCalls, widths: [Int64]) {
    self.calls = calls
    self.widths = widths
    var rowCount = 1
    forEach { _, row, _, _ in rowCount = max(rowCount, row + 1) }
    self.rowCount = rowCount
  }

  /// Calls with each node that is drawn, its row, 0 for the root, and in pixels its left edge and its width.
  func forEach(_ body: (StackNode, _ row: Int, _ left: Double, _ width: Double) -> Void) {
    let scale = FlamegraphPage.drawnWidth / Double(max(widths[0], 1))
    body(.root, 0, 0, FlamegraphPage.drawnWidth)
    // Where in each row the next one begins.
    var cursors: [Int64] = [0, 0]
    calls.walk { node, depth in
      let width = widths[Int(node.position)]
      guard width > 0 else { return false }
      let start = cursors[depth]
      cursors[depth] += width
      guard Double(width) * scale >= FlamegraphPage.narrowest else { return false }
      body(node, depth, Double(start) * scale, Double(width) * scale)
      if depth + 1 == cursors.count {
        cursors.append(start)
      } else {
        cursors[depth + 1] = start
      }
      return true
    }
  }
}
