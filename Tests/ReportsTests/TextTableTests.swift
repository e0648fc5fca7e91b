// SPDX-License-Identifier: MIT

import Reports
import Testing

@Suite struct TextTableTests {
  static var table: TextTable {
    var table = TextTable(columns: [.init("allocator"), .init("speed", .right), .init("memory", .right), .init("note")])
    table.append([.init("system"), .init("9.80 M/s"), .init("64 MiB", isBest: true), .init("")])
    table.append([.init("日本é"), .init("12.3 M/s", isBest: true), .init("128 MiB"), .init("a|b")])
    return table
  }

  @Test("plain: digits under digits, a star after the best, no space at line ends")
  func plain() {
    #expect(
      Self.table.render(.plain) == """
        allocator     speed    memory   note
        system     9.80 M/s    64 MiB*
        日本é      12.3 M/s*  128 MiB   a|b

        """)
  }

  @Test("coloured: escape sequences take no room")
  func colored() {
    #expect(
      Self.table.render(.colored) == """
        \u{1b}[1mallocator\u{1b}[0m     \u{1b}[1mspeed\u{1b}[0m   \u{1b}[1mmemory\u{1b}[0m  \u{1b}[1mnote\u{1b}[0m
        system     9.80 M/s   \u{1b}[1;32m64 MiB\u{1b}[0m
        日本é      \u{1b}[1;32m12.3 M/s\u{1b}[0m  128 MiB  a|b

        """)
  }

  @Test("Markdown: bold for the best, bars escaped")
  func markdown() {
    #expect(
      Self.table.render(.markdown, width: 10) == """
        | allocator | speed | memory | note |
        | :--- | ---: | ---: | :--- |
        | system | 9.80 M/s | **64 MiB** |  |
        | 日本é | **12.3 M/s** | 128 MiB | a\\|b |

        """)
  }

  @Test("a narrow terminal gets the columns in turns, each time with the key")
  func narrow() {
    #expect(
      Self.table.render(.plain, width: 31) == """
        allocator     speed    memory
        system     9.80 M/s    64 MiB*
        日本é      12.3 M/s*  128 MiB

        allocator  note
        system
        日本é      a|b

        """)
    let narrowest = Self.table.render(.plain, width: 1)
    #expect(narrowest.split(separator: "\n").count == 9, "every column is shown, however narrow the terminal")
  }

  @Test("a table without rows has its titles")
  func empty() {
    #expect(TextTable(columns: [.init("a"), .init("b", .right)]).render(.plain) == "a  b\n")
  }

  @Test(
    "text is as wide as a terminal shows it",
    arguments: [
      ("e\u{301}", 1), ("한글", 4), ("👩‍👩‍👧", 2), ("ｆ", 2), ("\u{200b}", 0), ("µs–", 3),
    ])
  func width(text: String, columns: Int) {
    var table = TextTable(columns: [.init("t"), .init("x")])
    table.append([.init(text), .init("x")])
    let title = String(repeating: " ", count: max(1, columns) - 1)
    #expect(table.render(.plain).hasPrefix("t\(title)  x\n"))
  }
}
