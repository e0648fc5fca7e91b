// SPDX-License-Identifier: MIT

/// The tables of docs/environment.md.
enum DocumentedTable {
  static let text = SourceFile.text("docs/environment.md")

  /// The rows of the table under a heading whose first cell is code, each as the texts of its cells without the quotes of code.
  static func rows(under heading: String) -> [[String]] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let section = lines.drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("## ") }
    return section.filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
        .map { $0.replacing("`", with: "") }
    }
  }
}
