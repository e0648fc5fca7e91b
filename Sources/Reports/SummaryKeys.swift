// SPDX-License-Identifier: MIT

import Results

/// What tells the rows of a workload's table apart, and what they have in common.
struct SummaryKeys {
  private let showsSwitches: Bool
  private let showsThreads: Bool
  private let showsTouch: Bool
  private let showsParameters: Bool
  /// What all rows share, in words for the heading.
  let common: [String]

  init(_ cells: [Cell], arms: [Arm]) {
    showsSwitches = Set(arms.map(\.switches)).count > 1
    showsThreads = Set(cells.map(\.threadCount)).count > 1
    showsTouch = Set(cells.map(\.touch)).count > 1
    showsParameters = Set(cells.map(\.parameters)).count > 1
    var common: [String] = []
    if let cell = cells.first {
      if !showsThreads { common.append(cell.threadCount == 1 ? "1 thread" : "\(cell.threadCount) threads") }
      if !showsTouch { common.append("touch \(cell.touch.rawValue)") }
      if !showsParameters && !cell.parameters.isEmpty { common.append(cell.parameters) }
    }
    if let arm = arms.first, !showsSwitches && !arm.switches.isEmpty { common.append(arm.switches) }
    self.common = common
  }

  /// The columns that name a row.
  var columns: [TextTable.Column] {
    var columns = [TextTable.Column("allocator")]
    if showsSwitches { columns.append(TextTable.Column("switches")) }
    if showsThreads { columns.append(TextTable.Column("threads", .right)) }
    if showsTouch { columns.append(TextTable.Column("touch")) }
    if showsParameters { columns.append(TextTable.Column("parameters")) }
    return columns
  }

  /// The entries of a row in those columns.
  func entries(_ cell: Cell, _ arm: Arm) -> [TextTable.Entry] {
    var texts = [arm.allocator]
    if showsSwitches { texts.append(arm.switches) }
    if showsThreads { texts.append(String(cell.threadCount)) }
    if showsTouch { texts.append(cell.touch.rawValue) }
    if showsParameters { texts.append(cell.parameters) }
    return texts.map { TextTable.Entry($0) }
  }
}
