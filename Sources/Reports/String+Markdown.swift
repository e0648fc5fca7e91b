// SPDX-License-Identifier: MIT

extension String {
  /// The text as Markdown shows it as it is: on one line, no HTML, no emphasis, no links, nobody mentioned. Bars are
  /// left alone: they mean something in tables only, which escape them.
  var markdownEscaped: String {
    printable.map { character in
      switch character {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\\", "`", "*", "_", "[", "]", "~", "$": "\\\(character)"
      // A space of no width keeps a name from being told, and a number from becoming a link.
      case "@", "#": "\(character)&#8203;"
      default: String(character)
      }
    }.joined()
  }

  /// The text in a block of code, which it cannot end.
  var markdownCodeBlock: [String] {
    let longestRun = split(whereSeparator: { $0 != "`" }).map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: Swift.max(3, longestRun + 1))
    return [fence + "sh"] + split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
      + [fence]
  }
}
