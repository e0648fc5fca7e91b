// SPDX-License-Identifier: MIT

import Testing

/// A row of the table of knobs in docs/environment.md: name, unit, default, greatest value, purpose.
struct DocumentedKnob: CustomTestStringConvertible, Sendable {
  var name: String
  var initial: UInt64
  var greatest: UInt64
  var testDescription: String { name }

  static let all: [DocumentedKnob] = DocumentedTable.rows(under: "## Knobs").compactMap { cells in
    guard cells.count == 5, let initial = number(cells[2]), let greatest = number(cells[3]) else { return nil }
    return DocumentedKnob(name: cells[0], initial: initial, greatest: greatest)
  }

  /// Digits in groups of three, as the document writes numbers.
  private static func number(_ text: String) -> UInt64? { UInt64(text.replacing(",", with: "")) }
}
