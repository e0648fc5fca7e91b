// SPDX-License-Identifier: MIT

/// Appends the timelines of memory passes to `timeline.csv`, as safely as `SampleFile` appends samples. A timeline's
/// rows belong to the sample with the same session and sequence.
public final class TimelineFile {
  private let file: AppendOnlyFile
  private var rows: [UInt8] = []

  private static let columns = [
    "schema_version", "session_id", "sequence", "cell_id", "workload", "parameters", "threads_count", "touch",
    "allocator", "switches", "round", "attempt", "op_index", "elapsed_ns", "live_bytes", "rss_bytes", "vmsize_bytes",
    "lazyfree_bytes",
  ]

  public init(path: String) throws {
    var header: [UInt8] = []
    CSVEncoder.append(Self.columns, to: &header)
    file = try AppendOnlyFile(path: path, header: header, framing: .csv)
  }

  /// The file that is written to, which is a numbered one when the one asked for has other columns.
  public var path: String { file.path }

  /// Appends the timeline of a sample in one write; after an error the file ends as it did before.
  public func append(_ points: [TimelinePoint], of sample: Sample) throws {
    let identity = [
      String(Sample.schemaVersion), sample.sessionIdentifier, String(sample.sequence), sample.cell.identifier,
      sample.cell.workload, sample.cell.parameters, String(sample.cell.threadCount), sample.cell.touch.rawValue,
      sample.arm.allocator, sample.arm.switches, String(sample.round), String(sample.attempt),
    ]
    rows.removeAll(keepingCapacity: true)
    for point in points { CSVEncoder.append(identity + Self.fields(of: point), to: &rows) }
    try file.append(rows)
  }

  /// Returns when the rows of the round are on the disk.
  public func endRound() throws { try file.synchronize() }

  private static func fields(of point: TimelinePoint) -> [String] {
    let measured = [point.residentByteCount, point.virtualByteCount, point.lazyFreeByteCount]
    return [point.operationIndex, point.elapsedNanoseconds, point.liveByteCount].map { String($0) }
      + measured.map { $0.map { String($0) } ?? "" }
  }
}
