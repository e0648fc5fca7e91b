// SPDX-License-Identifier: MIT

import Glibc
import Results

/// A result whose rows are compared: a folder of a sweep, or rows in a file.
public struct ComparedFile: Sendable {
  public let samplesPath: String

  /// - Parameter path: The folder, or the file with the rows.
  public init(path: String) {
    var status = stat()
    let isFolder = stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    samplesPath = isFolder ? folder + "/samples.csv" : path
  }

  /// The rows that count: of processes that finished, in the latest attempt at their round. A round that an arm did not
  /// finish counts for the others: whoever is compared with them needs no third.
  public func rows(metrics: [Metric]) throws -> ComparedRows {
    var rows = ComparedRows(metrics: metrics)
    try SampleReader(path: samplesPath).forEachEffectiveRow(arms: []) { rows.add($1, row: $0) }
    return rows
  }

  /// Whether there are any rows at all, of whatever end.
  public func isEmpty() throws -> Bool {
    var isEmpty = true
    try SampleReader(path: samplesPath).forEach { _ in isEmpty = false }
    return isEmpty
  }

  /// The files beside it that rows of other columns went to.
  public var furtherPaths: [String] { SampleFile.existingPaths(for: samplesPath).filter { $0 != samplesPath } }
}
