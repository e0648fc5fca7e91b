// SPDX-License-Identifier: MIT

/// Reads `samples.csv` row by row, in constant memory. Columns are found by name; ones that are not known are passed
/// over, and a last row without its line end was torn off and is not read.
public struct SampleReader: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// Hands over every row, in the order of the file, failed and superseded ones included.
  public func forEach(_ body: (Sample) throws -> Void) throws {
    try forEachRow { _, sample in try body(sample) }
  }

  /// Like `forEach`, with the number that errors and messages name a row by: 1 is the header. It counts rows and not
  /// lines, of which a row with a line end inside quotes has more than one.
  public func forEachRow(_ body: (_ row: UInt64, Sample) throws -> Void) throws {
    var parser = CSVParser()
    var decoder = SampleDecoder(path: path)
    do {
      try ReadOnlyFile(path: path).forEachChunk { bytes in
        try parser.parse(bytes) { row in
          if let sample = try decoder.decode(row) { try body(decoder.rowCount, sample) }
        }
      }
    } catch let fault as CSVFault {
      throw ResultsError.malformedRow(path: path, row: decoder.rowCount + 1, fault: fault)
    }
  }

  /// Hands over the rows that count: those of rounds whose arms all succeeded in the round's latest attempt, each
  /// arm once. The file is read twice; memory grows with the rounds.
  ///
  /// - Parameter arms: What a round consists of; nil for all arms that the file has of the round's cell and pass.
  public func forEachEffective(arms: [Arm]? = nil, _ body: (Sample) throws -> Void) throws {
    try forEachEffectiveRow(arms: arms) { _, sample in try body(sample) }
  }

  /// Like `forEachEffective`, with the numbers that `forEachRow` gives.
  public func forEachEffectiveRow(arms: [Arm]? = nil, _ body: (_ row: UInt64, Sample) throws -> Void) throws {
    var state = ResumeState()
    try forEach { state.note($0) }
    try forEachRow { row, sample in
      if state.claim(sample, arms: arms) { try body(row, sample) }
    }
  }
}
