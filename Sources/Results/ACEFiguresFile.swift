// SPDX-License-Identifier: MIT

/// Appends what ACE told of itself to `ace_stats.csv`, a row a process, of its size classes to `ace_classes.csv`, a row a
/// class, and of its decisions to `decisions.csv`, a row a decision, as safely as `SampleFile` appends samples. Rows belong
/// to the sample with the same session and sequence.
///
/// The files are made when the first process has something to tell: a sweep without ACE has none.
public final class ACEFiguresFile {
  private let folder: String
  private let processFields: [String]
  private let classFields: [String]
  private var processes: AppendOnlyFile?
  private var classes: AppendOnlyFile?
  private var decisions: AppendOnlyFile?

  private static let identityColumns = [
    "schema_version", "session_id", "sequence", "cell_id", "workload", "parameters", "threads_count", "touch", "pass",
    "allocator", "switches", "round", "attempt",
  ]
  static let sizeClassColumn = "size_class"

  /// - Parameters:
  ///   - processFields: The figures that get a column in `ace_stats.csv`, in this order.
  ///   - classFields: Likewise in `ace_classes.csv`, behind the number of the class.
  public init(folder: String, processFields: [String], classFields: [String]) {
    self.folder = folder
    self.processFields = processFields
    self.classFields = [Self.sizeClassColumn] + classFields
  }

  /// Appends the figures of a sample, each file in one write; after an error a file ends as it did before.
  public func append(_ figures: ACEFigures, of sample: Sample) throws {
    try append(Self.rows([figures.process], processFields), of: sample, processFields, to: &processes, "ace_stats.csv")
    try append(Self.rows(figures.sizeClasses, classFields), of: sample, classFields, to: &classes, "ace_classes.csv")
    let rows = figures.decisions.map(\.fields)
    try append(rows, of: sample, EngineDecision.columns, to: &decisions, "decisions.csv")
  }

  /// Returns when the rows of the round are on the disk.
  public func endRound() throws {
    try processes?.synchronize()
    try classes?.synchronize()
    try decisions?.synchronize()
  }

  private static func rows(_ records: [[String: UInt64]], _ fields: [String]) -> [[String]] {
    records.map { record in fields.map { record[$0].map { String($0) } ?? "" } }
  }

  private func append(
    _ rows: [[String]], of sample: Sample, _ columns: [String], to file: inout AppendOnlyFile?, _ name: String
  ) throws {
    guard !rows.isEmpty else { return }
    var bytes: [UInt8] = []
    if file == nil {
      CSVEncoder.append(Self.identityColumns + columns, to: &bytes)
      file = try AppendOnlyFile(path: folder + "/" + name, header: bytes, framing: .csv)
      bytes.removeAll()
    }
    let identity = Self.identity(of: sample)
    for row in rows { CSVEncoder.append(identity + row, to: &bytes) }
    try file?.append(bytes)
  }

  private static func identity(of sample: Sample) -> [String] {
    [
      String(Sample.schemaVersion), sample.sessionIdentifier, String(sample.sequence), sample.cell.identifier,
      sample.cell.workload, sample.cell.parameters, String(sample.cell.threadCount), sample.cell.touch.rawValue,
      sample.pass.rawValue, sample.arm.allocator, sample.arm.switches, String(sample.round), String(sample.attempt),
    ]
  }
}
