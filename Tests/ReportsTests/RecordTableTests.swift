// SPDX-License-Identifier: MIT

import Reports
import Testing

@Suite struct RecordTableTests {
  static var table: RecordTable {
    var table = RecordTable(fields: ["name", "count", "share", "ready"])
    table.append([.text("system, \"glibc\""), .integer(18_446_744_073_709_551_615), .real(0.5), .flag(true)])
    table.append([.text("tab\tand\u{1}"), .none, .real(.nan), .flag(false)])
    return table
  }

  @Test(
    "the same records in every format",
    arguments: [
      (
        OutputFormat.csv,
        """
        name,count,share,ready
        "system, ""glibc""\",18446744073709551615,0.5,yes
        tab\tand\u{1},,,no

        """
      ),
      (
        .json,
        """
        [
          {"name": "system, \\"glibc\\"", "count": 18446744073709551615, "share": 0.5, "ready": true},
          {"name": "tab\\tand\\u0001", "count": null, "share": null, "ready": false}
        ]

        """
      ),
      (
        .markdown,
        """
        | name | count | share | ready |
        | :--- | ---: | ---: | :--- |
        | system, "glibc" | 18446744073709551615 | 0.5 | yes |
        | tab\tand\u{1} |  |  | no |

        """
      ),
    ])
  func formats(format: OutputFormat, expected: String) { #expect(Self.table.render(format) == expected) }

  @Test("text aligns numbers to the right")
  func text() {
    var table = RecordTable(fields: ["name", "bytes"])
    table.append([.text("a"), .integer(5)])
    table.append([.text("long"), .integer(1234)])
    #expect(table.render(.text) == "name  bytes\na         5\nlong   1234\n")
  }

  @Test("no records are an empty list, not an empty file")
  func empty() {
    let table = RecordTable(fields: ["name", "bytes"])
    #expect(table.render(.json) == "[]\n")
    #expect(table.render(.csv) == "name,bytes\n")
  }
}
