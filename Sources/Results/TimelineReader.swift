// SPDX-License-Identifier: MIT

/// Reads `timeline.csv`, for the processes that are asked for.
public struct TimelineReader: Sendable {
  /// Names the process that a timeline is of, as its sample does.
  public struct Process: Hashable, Sendable {
    public var sessionIdentifier: String
    public var sequence: UInt64

    public init(sessionIdentifier: String, sequence: UInt64) {
      self.sessionIdentifier = sessionIdentifier
      self.sequence = sequence
    }

    /// The process of a sample.
    public init(of sample: Sample) {
      self.init(sessionIdentifier: sample.sessionIdentifier, sequence: sample.sequence)
    }
  }

  private static let names = [
    "schema_version", "session_id", "sequence", "op_index", "elapsed_ns", "live_bytes", "rss_bytes", "vmsize_bytes",
    "lazyfree_bytes",
  ]

  public let path: String

  public init(path: String) { self.path = path }

  /// Hands over every point of the processes that are wanted, in the order of the file.
  public func forEachPoint(
    where isWanted: (Process) -> Bool, _ body: (Process, TimelinePoint) throws -> Void
  ) throws {
    var process: Process?
    var latest = CSVRow()
    var rowCount: UInt64 = 1
    try NamedColumns(path: path, names: Self.names).forEachRow { row, places in
      rowCount += 1
      // Points of a process follow one another, so that its name is seldom read.
      let isSame = rowCount > 2 && row.repeats(latest, at: places[1]) && row.repeats(latest, at: places[2])
      latest = row
      if !isSame {
        let version = row.text(at: places[0])
        guard version == SampleSchema.version else {
          throw ResultsError.unsupportedSchema(path: path, row: rowCount, found: version)
        }
        let sequence = try number(row, places, 2, rowCount) ?? 0
        let name = Process(sessionIdentifier: row.text(at: places[1]), sequence: sequence)
        process = isWanted(name) ? name : nil
      }
      guard let process else { return }
      try body(
        process,
        TimelinePoint(
          operationIndex: try number(row, places, 3, rowCount) ?? 0,
          elapsedNanoseconds: try number(row, places, 4, rowCount) ?? 0,
          liveByteCount: try number(row, places, 5, rowCount) ?? 0,
          residentByteCount: try number(row, places, 6, rowCount),
          virtualByteCount: try number(row, places, 7, rowCount),
          lazyFreeByteCount: try number(row, places, 8, rowCount)))
    }
  }

  /// The number in a field; nil for an empty one.
  private func number(_ row: CSVRow, _ places: [Int], _ index: Int, _ rowCount: UInt64) throws(ResultsError) -> UInt64?
  {
    let number = row.withField(at: places[index]) { $0.isEmpty ? .some(nil) : UInt64(decimal: $0).map(Optional.some) }
    guard let number else {
      let text = row.text(at: places[index])
      throw .malformedValue(path: path, row: rowCount, column: Self.names[index], text: text)
    }
    return number
  }
}
