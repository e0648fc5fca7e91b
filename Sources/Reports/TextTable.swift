// SPDX-License-Identifier: MIT

/// A table for people: columns aligned, the best of each marked.
public struct TextTable: Equatable, Sendable {
  public enum Alignment: Sendable {
    case left
    case right
  }

  public struct Column: Equatable, Sendable {
    public var title: String
    public var alignment: Alignment

    public init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  public struct Entry: Equatable, Sendable {
    public var text: String
    public var isBest: Bool

    public init(_ text: String, isBest: Bool = false) {
      self.text = text
      self.isBest = isBest
    }
  }

  /// How the table looks and how the best is marked.
  public enum Style: Sendable {
    /// A `*` after the best.
    case plain
    /// Titles bold, the best bold and green, by ANSI escape sequences.
    case colored
    /// A Markdown table with the best in bold.
    case markdown
  }

  public var columns: [Column]
  /// How many columns at the left name the row; they are repeated where a table is broken.
  public var keyColumnCount: Int
  public private(set) var rows: [[Entry]] = []

  public init(columns: [Column], keyColumnCount: Int = 1) {
    precondition(keyColumnCount < columns.count || columns.count == 1, "a table has columns beside its keys")
    self.columns = columns
    self.keyColumnCount = keyColumnCount
  }

  /// Adds a row with an entry for each column.
  public mutating func append(_ row: [Entry]) {
    precondition(row.count == columns.count, "a row has an entry for each column")
    rows.append(row)
  }

  /// The table in lines, the last one ended as well.
  ///
  /// - Parameter width: Columns of the terminal; a table that is wider is broken into several below one another, each
  ///   with the key columns. Markdown is never broken. Nil for no limit.
  public func render(_ style: Style, width: Int? = nil) -> String {
    if style == .markdown { return renderMarkdown() }
    let widths = columns.indices.map { index in
      max(
        columns[index].title.displayWidth + markWidth(index, style),
        rows.map { entryWidth($0[index], index, style) }.max() ?? 0)
    }
    return broken(widths: widths, width: width).map { renderBlock($0, widths: widths, style: style) }
      .joined(separator: "\n")
  }
}
