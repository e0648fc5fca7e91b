// SPDX-License-Identifier: MIT

/// Appends what memory passes held on each NUMA node to `numa.csv`, a row a node, as safely as `SampleFile` appends samples.
/// Rows belong to the sample with the same session and sequence.
///
/// The file is made when the first process has something to tell: a sweep on one node has none unless it was bound.
public final class NodeMemoryFile {
  private let path: String
  private var file: AppendOnlyFile?

  private static let columns =
    [
      "schema_version", "session_id", "sequence", "cell_id", "workload", "parameters", "threads_count", "touch",
      "allocator", "switches", "round", "attempt",
    ] + NodeMemory.columns

  public init(path: String) { self.path = path }

  /// Appends the nodes of a sample in one write; after an error the file ends as it did before.
  public func append(_ nodes: [NodeMemory], of sample: Sample) throws {
    guard !nodes.isEmpty else { return }
    var rows: [UInt8] = []
    if file == nil {
      CSVEncoder.append(Self.columns, to: &rows)
      file = try AppendOnlyFile(path: path, header: rows, framing: .csv)
      rows.removeAll()
    }
    let identity = [
      String(Sample.schemaVersion), sample.sessionIdentifier, String(sample.sequence), sample.cell.identifier,
      sample.cell.workload, sample.cell.parameters, String(sample.cell.threadCount), sample.cell.touch.rawValue,
      sample.arm.allocator, sample.arm.switches, String(sample.round), String(sample.attempt),
    ]
    for node in nodes { CSVEncoder.append(identity + node.fields, to: &rows) }
    try file?.append(rows)
  }

  /// Returns when the rows of the round are on the disk.
  public func endRound() throws { try file?.synchronize() }
}
