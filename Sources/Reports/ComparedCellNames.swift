// SPDX-License-Identifier: MIT

import Results

/// What tells the cells of a table apart: a short name for each, and columns for what differs between them.
struct ComparedCellNames {
  private let showsThreads: Bool
  private let showsTouch: Bool
  private let names: [Cell: String]

  init(_ cells: [Cell]) {
    showsThreads = Set(cells.map(\.threadCount)).count > 1
    showsTouch = Set(cells.map(\.touch)).count > 1
    var names: [Cell: String] = [:]
    for (workload, cells) in Dictionary(grouping: cells, by: \.workload) {
      // Of a workload that is there once its name is enough; of others, the parameters that differ.
      let parameters = Set(cells.map(\.parameters)).map { Set($0.split(separator: ";")) }
      let common = parameters.dropFirst().reduce(parameters.first ?? []) { $0.intersection($1) }
      let isOneTrace = Set(cells.map(\.traceSHA256)).count == 1
      for cell in cells {
        let own = cell.parameters.split(separator: ";").filter { !common.contains($0) }.map(String.init)
        let trace = isOneTrace || cell.traceSHA256.isEmpty ? [] : ["#" + cell.traceSHA256.prefix(12)]
        names[cell] = ([workload] + own + trace).joined(separator: " ")
      }
    }
    self.names = names
  }

  var columns: [TextTable.Column] {
    [TextTable.Column("workload")] + (showsThreads ? [TextTable.Column("threads", .right)] : [])
      + (showsTouch ? [TextTable.Column("touch")] : [])
  }

  /// The entries in those columns.
  func entries(_ cell: Cell) -> [TextTable.Entry] {
    var texts = [names[cell] ?? cell.workload]
    if showsThreads { texts.append(String(cell.threadCount)) }
    if showsTouch { texts.append(cell.touch.rawValue) }
    return texts.map { TextTable.Entry($0) }
  }

  /// The entries of a row that is of no cell.
  func entries(title: String) -> [TextTable.Entry] {
    [TextTable.Entry(title)] + Array(repeating: TextTable.Entry(""), count: columns.count - 1)
  }
}
