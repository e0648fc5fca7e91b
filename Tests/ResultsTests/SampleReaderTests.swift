// SPDX-License-Identifier: MIT

import Results
import TestSupport
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
      for row in rows.indices { rows[row].removeLast(5) }
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

  @Test("of columns with the same name the last one counts")
  func repeatedColumn() throws {
    let path = try changed { rows in
      rows.append(rows[1])
      // Were the first one read, its change would show in the second row.
      for (index, text) in ["round", "8", "9"].enumerated() { rows[index].insert(text, at: 0) }
    }
    #expect(try Samples.read(path) == [Samples.make(), Samples.make()])
  }

  @Test("a row says the same whatever row came before it", arguments: 0..<10 as Range<UInt64>)
  func changes(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let samples = (1...50 as ClosedRange<UInt64>).map { sequence in
      var sample = Samples.make(
        cell: ["a/1", "b/2, \"quoted\""].randomElement(using: &random) ?? "",
        arm: Samples.arms.randomElement(using: &random) ?? Samples.arms[0], sequence: sequence,
        outcome: [.ok, Outcome(.exit, exitCode: 3), Outcome(.crash, signal: 11)].randomElement(using: &random) ?? .ok)
      sample.stage = [nil, 1, 2].randomElement(using: &random) ?? nil
      sample.disturbance.loadAverage = [nil, 0.5].randomElement(using: &random) ?? nil
      sample.environment.numaNode = [nil, 0].randomElement(using: &random) ?? nil
      sample.environment.numaPolicy = ["", "bind"].randomElement(using: &random) ?? ""
      for metric in Metric.allCases.shuffled(using: &random) {
        let values = [nil, nil, .count(UInt64.random(in: 0...2, using: &random)), .real(0.1)] as [MetricValue?]
        sample.metrics[metric] = values.randomElement(using: &random) ?? nil
      }
      return sample
    }
    let path = scratch.file("samples.csv")
    let file = try SampleFile(path: path)
    for sample in samples { try file.append(sample) }
    // All are kept, so that a later row that changed an earlier one's sample would be seen.
    #expect(try Samples.read(path) == samples, "seed \(seed)")
  }

  @Test("rows are numbered, and not lines")
  func rowNumbers() throws {
    let path = scratch.file("samples.csv")
    let file = try SampleFile(path: path)
    try file.append(Samples.make(sequence: 1))
    try file.append(Samples.make(round: 2, sequence: 2, outcome: Outcome(.timeout)))
    try file.append(Samples.make(round: 3, sequence: 3))
    #expect(Scratch.text(path).split(separator: "\n").count > 4)
    var rows: [[UInt64]] = []
    try SampleReader(path: path).forEachRow { rows.append([$0, $1.sequence]) }
    #expect(rows == [[2, 1], [3, 2], [4, 3]])
    rows = []
    try SampleReader(path: path).forEachEffectiveRow { rows.append([$0, $1.sequence]) }
    #expect(rows == [[2, 1], [4, 3]])
  }

  @Test("bytes that are not UTF-8 are refused with their row, in whatever column", arguments: ["round", "unknown"])
  func notText(column: String) throws {
    let path = try changed { rows in
      for index in rows.indices { rows[index].append(index == 0 ? "unknown" : "x") }
      rows.append(rows[1])
      rows[2][self.index(of: column, in: rows)] = "@@"
    }
    let bytes = Scratch.read(path).map { $0 == UInt8(ascii: "@") ? 0xff : $0 }
    scratch.write(bytes, to: "changed.csv")
    #expect(throws: ResultsError.malformedRow(path: path, row: 3, fault: .notUTF8)) { try Samples.read(path) }
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
