// SPDX-License-Identifier: MIT

import Results
import Testing

@Suite struct SampleReaderTests {
  let scratch = Scratch()

  /// Writes one sample, lets the rows be changed, and returns the path of the changed file.
  func changed(_ change: (inout [[String]]) -> Void) throws -> String {
    let original = scratch.file("original.csv")
    try SampleFile(path: original).append(Samples.make())
    var rows = try CSVTests.parse(Scratch.read(original))
    change(&rows)
    var bytes: [UInt8] = []
    for row in rows { CSVEncoder.append(row, to: &bytes) }
    return scratch.write(bytes, to: "changed.csv")
  }

  func index(of column: String, in rows: [[String]]) -> Int { rows[0].firstIndex(of: column) ?? 0 }

  @Test("columns are found by name in any order, and unknown ones passed over")
  func byName() throws {
    let path = try changed { rows in
      for index in rows.indices { rows[index] = [index == 0 ? "new_column" : "x"] + rows[index].reversed() }
    }
    #expect(try Samples.read(path) == [Samples.make()])
  }

  @Test("a file without a metric was not measured for it")
  func missingMetric() throws {
    let path = try changed { rows in
      let column = index(of: Metric.throughput.column, in: rows)
      for row in rows.indices { rows[row].remove(at: column) }
    }
    let sample = try #require(try Samples.read(path).first)
    #expect(sample.metrics[.throughput] == nil)
    #expect(sample.metrics[.operationsCount] == .count(.max))
  }

  @Test("a file from before there were stages, or disturbance was noted, says nothing of them")
  func earlierColumns() throws {
    let path = try changed { rows in
      for row in rows.indices { rows[row].removeLast(4) }
      #expect(rows[0].last == "harness_commit")
    }
    #expect(try Samples.read(path) == [Samples.make()])
  }

  @Test(
    "a file without a column that says what was run is refused", arguments: ["allocator", "round", "schema_version"])
  func missingColumn(name: String) throws {
    let path = try changed { rows in
      let column = index(of: name, in: rows)
      for row in rows.indices { rows[row].remove(at: column) }
    }
    #expect(throws: ResultsError.missingColumns(path: path, names: [name])) { try Samples.read(path) }
  }

  @Test("rows of another schema are refused, whatever columns they have")
  func otherSchema() throws {
    let path = try changed { rows in
      rows[1][0] = "99"
      rows[0][3] = "renamed"
    }
    #expect(throws: ResultsError.unsupportedSchema(path: path, row: 2, found: "99")) { try Samples.read(path) }
  }

  @Test(
    "a field that is no value of its column is refused with its row",
    arguments: [
      ("round", "one"), ("round", "-1"), ("round", ""), ("status", "fine"), ("touch", "some"), ("pass", ""),
      ("exit_code", "x"), ("throughput_ops_per_s", "fast"), ("throughput_ops_per_s", "nan"),
      ("throughput_ops_per_s", "inf"), ("throughput_ops_per_s", "0x1p3"), ("throughput_ops_per_s", "1e999"),
      ("sequence", "18446744073709551616"), ("sequence", " 1"),
      ("stage", "first"), ("stage", "-1"), ("steal_ticks_count", "1.5"), ("steal_ticks_count", "nan"),
      ("psi_cpu_some_us", "inf"), ("load1", "nan"), ("load1", "inf"), ("load1", "0x1p3"), ("load1", "1e999"),
    ])
  func malformedValue(column: String, text: String) throws {
    let path = try changed { rows in
      rows.append(rows[1])
      rows[2][index(of: column, in: rows)] = text
    }
    #expect(throws: ResultsError.malformedValue(path: path, row: 3, column: column, text: text)) {
      try Samples.read(path)
    }
  }

  @Test("a row with a field too few is refused with its row")
  func fieldCount() throws {
    var count = 0
    let path = try changed { rows in
      count = rows[1].count
      rows[1].removeLast()
    }
    #expect(throws: ResultsError.fieldCount(path: path, row: 2, expected: count, found: count - 1)) {
      try Samples.read(path)
    }
  }

  @Test("a broken quote is refused with its row")
  func brokenQuote() throws {
    let path = scratch.write("schema_version\n1\nx\"y\n".utf8, to: "broken.csv")
    let error = #expect(throws: ResultsError.self) { try Samples.read(path) }
    // The first data row is refused for its columns before the broken row is reached.
    guard case .missingColumns = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    let quoted = scratch.write("schema_\"version\n".utf8, to: "quoted.csv")
    #expect(throws: ResultsError.malformedRow(path: quoted, row: 1, fault: .strayQuote)) { try Samples.read(quoted) }
  }
}
