// SPDX-License-Identifier: MIT

/// Appends samples to `samples.csv`, one `write(2)` each, so that whatever ends this program loses no finished row.
///
/// One writer at a time: a second one gets `ResultsError.locked`. A file with other columns is left alone and
/// `samples-2.csv` is begun beside it.
public final class SampleFile {
  private let file: AppendOnlyFile
  private var row: [UInt8] = []

  public init(path: String) throws {
    file = try AppendOnlyFile(path: path, header: Self.header, framing: .csv)
  }

  /// Writes the same rows, header included, to a descriptor such as standard output; it is neither locked nor closed.
  public init(descriptor: Int32) throws {
    file = try AppendOnlyFile(descriptor: descriptor, header: Self.header)
  }

  /// The file that is written to, which is a numbered one when the one asked for has other columns.
  public var path: String { file.path }

  /// Appends a row; after an error the file ends as it did before.
  public func append(_ sample: Sample) throws {
    row.removeAll(keepingCapacity: true)
    CSVEncoder.append(SampleSchema.fields(of: sample), to: &row)
    try file.append(row)
  }

  /// Returns when the rows of the round are on the disk.
  public func endRound() throws { try file.synchronize() }

  /// The files that samples for `path` have gone to so far: itself and the numbered ones, as far as they exist.
  public static func existingPaths(for path: String) -> [String] {
    var paths: [String] = []
    for number in 1... {
      let candidate = AppendOnlyFile.numbered(path, number)
      guard (try? ReadOnlyFile(path: candidate)) != nil else { break }
      paths.append(candidate)
    }
    return paths
  }

  private static var header: [UInt8] {
    var bytes: [UInt8] = []
    CSVEncoder.append(SampleSchema.header, to: &bytes)
    return bytes
  }
}
