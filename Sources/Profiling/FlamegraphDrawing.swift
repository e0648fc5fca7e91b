// SPDX-License-Identifier: MIT

/// Which nodes of a tree are wide enough to be drawn, and where.
struct FlamegraphDrawing {
  private let calls: SortedCalls
  private let widths: [Int64]
  private let pixelsPerUnit: Double
  /// Rows of frames, the root's included.
  private(set) var rowCount = 1

  /// - Parameter widths: What nodes are as wide as, by their positions; a node's is at least the sum of what it calls.
  init(_ profile: StackProfile, widths: [Int64]) {
    let pixelsPerUnit = FlamegraphPage.drawnWidth / Double(max(widths[0], 1))
    calls = SortedCalls(profile) { Double(widths[$0]) * pixelsPerUnit >= FlamegraphPage.narrowest }
    self.widths = widths
    self.pixelsPerUnit = pixelsPerUnit
    var rowCount = 1
    calls.walk { _, depth in rowCount = max(rowCount, depth + 1) }
    self.rowCount = rowCount
  }

  /// Calls with each node that is drawn, its row, 0 for the root, and in pixels its left edge and its width. What a node calls
  /// begins where it begins; the rest of it is its own, and what is too narrow to be drawn.
  func forEach(_ body: (StackNode, _ row: Int, _ left: Double, _ width: Double) -> Void) {
    body(.root, 0, 0, FlamegraphPage.drawnWidth)
    // Where in each row the next one begins.
    var cursors: [Int64] = [0, 0]
    calls.walk { node, depth in
      let width = widths[Int(node.position)]
      let start = cursors[depth]
      cursors[depth] += width
      if depth + 1 == cursors.count {
        cursors.append(start)
      } else {
        cursors[depth + 1] = start
      }
      body(node, depth, Double(start) * pixelsPerUnit, Double(width) * pixelsPerUnit)
    }
  }
}
