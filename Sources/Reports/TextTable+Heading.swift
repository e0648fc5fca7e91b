// SPDX-License-Identifier: MIT

extension TextTable.Style {
  /// A line above a table.
  public func heading(_ text: String) -> String {
    switch self {
    case .plain: text + "\n"
    case .colored: "\u{1b}[1;4m\(text)\u{1b}[0m\n"
    case .markdown: "### \(text)\n\n"
    }
  }
}
