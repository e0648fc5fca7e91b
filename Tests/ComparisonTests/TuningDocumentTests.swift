// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Testing

@Suite("The document of tuning")
struct TuningDocumentTests {
  /// The rows of the table of levels in docs/tuning.md, found from this file: variable, what is tried, why.
  private static func rows() throws -> [[String]] {
    let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    let file = try #require(fopen(folder + "/docs/tuning.md", "r"))
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let section = try #require(lines.firstIndex { $0 == "## Levels" })
    return lines[section...].filter { $0.hasPrefix("| `") }.map { line in
      line.split(separator: "|").map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
    }
  }

  @Test("has each variable with its levels, in the order in which the search has them")
  func levels() throws {
    let rows = try Self.rows()
    #expect(rows.map { $0[0] } == TuningSpace.ace.variables.map { "`\($0.name)`" })
    #expect(rows.map { $0[1] } == TuningSpace.ace.variables.map { $0.levels.joined(separator: ", ") })
  }
}
