// SPDX-License-Identifier: MIT

import Testing

/// A row of the table of knobs in docs/environment.md: name, unit, default, least and greatest value, purpose.
struct DocumentedKnob: CustomTestStringConvertible, Sendable {
  var name: String
  var initial: UInt64
  var least: UInt64
  var greatest: UInt64
  var testDescription: String { name }

  static let all: [DocumentedKnob] = DocumentedTable.rows(under: "## Knobs").compactMap { cells in
    guard cells.count == 6, let initial = number(cells[2]), let least = number(cells[3]),
      let greatest = number(cells[4])
    else { return nil }
    return DocumentedKnob(name: cells[0], initial: initial, least: least, greatest: greatest)
  }

  /// Digits in groups of three, as the document writes numbers.
  private static func number(_ text: String) -> UInt64? { UInt64(text.replacing(",", with: "")) }
}
