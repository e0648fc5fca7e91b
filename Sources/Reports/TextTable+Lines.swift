// SPDX-License-Identifier: MIT

extension TextTable {
  private static let gap = "  "
  private static let bold = "\u{1b}[1m"
  private static let boldGreen = "\u{1b}[1;32m"
  private static let reset = "\u{1b}[0m"

  /// Room for the mark of the best in a column that has one, so that digits stay under digits.
  func markWidth(_ column: Int, _ style: Style) -> Int {
    style == .plain && rows.contains { $0[column].isBest } ? 1 : 0
  }

  func entryWidth(_ entry: Entry, _ column: Int, _ style: Style) -> Int {
    entry.text.displayWidth + markWidth(column, style)
  }

  /// The columns of each block that a terminal of a width has room for.
  func broken(widths: [Int], width: Int?) -> [[Int]] {
    let keys = Array(columns.indices.prefix(keyColumnCount))
    func total(_ block: [Int]) -> Int { block.reduce(0) { $0 + widths[$1] + Self.gap.count } - Self.gap.count }
    var blocks: [[Int]] = []
    var block = keys
    for column in columns.indices.dropFirst(keyColumnCount) {
      if let width, block.count > keys.count, total(block + [column]) > width {
        blocks.append(block)
        block = keys
      }
      block.append(column)
    }
    return blocks + [block]
  }

  func renderBlock(_ block: [Int], widths: [Int], style: Style) -> String {
    let titles = block.map { column in
      let title = columns[column].title
      let pad = spaces(widths[column] - markWidth(column, style) - title.displayWidth)
      let styled = style == .colored ? Self.bold + title + Self.reset : title
      let mark = spaces(markWidth(column, style))
      return columns[column].alignment == .right ? pad + styled + mark : styled + pad + mark
    }
    let lines = rows.map { row in block.map { rendered(row[$0], column: $0, width: widths[$0], style: style) } }
    return ([titles] + lines).map { trimmed($0.joined(separator: Self.gap)) + "\n" }.joined()
  }

  func renderMarkdown() -> String {
    let titles = columns.map { escaped($0.title) }
    let rules = columns.map { $0.alignment == .right ? "---:" : ":---" }
    let lines = rows.map { row in row.map { $0.isBest ? "**\(escaped($0.text))**" : escaped($0.text) } }
    return ([titles, rules] + lines).map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  private func rendered(_ entry: Entry, column: Int, width: Int, style: Style) -> String {
    let mark = markWidth(column, style) == 0 ? "" : entry.isBest ? "*" : " "
    let pad = spaces(width - entryWidth(entry, column, style))
    let text = style == .colored && entry.isBest ? Self.boldGreen + entry.text + Self.reset : entry.text
    return columns[column].alignment == .right ? pad + text + mark : text + mark + pad
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " }.reversed())
  }

  /// A bar would end the cell, a line break the row.
  private func escaped(_ text: String) -> String {
    text.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined()
  }
}
