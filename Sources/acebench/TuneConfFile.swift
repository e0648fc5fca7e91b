// SPDX-License-Identifier: MIT

import Experiments
import Glibc
import Reports

/// The file that a search for settings ends in.
struct TuneConfFile {
  var path: String
  /// Whether it may take the place of anything.
  var isForced: Bool

  /// More than its first two lines have.
  private static let headByteCount = 256

  /// Refuses, before anything is measured, a place that cannot be written to or has somebody else's file.
  func check() throws {
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { throw ExperimentError.system(call: "open", path: path, errno: EISDIR) }
      guard try isForced || TuningConf.isOwn(head()) else {
        throw Failure(
          error: "\(path) is there, and 'acebench tune' did not write it",
          help: ["name another file with --conf, or give --force to replace it"], status: .usage)
      }
    }
    // It is written beside its place first: what has to be allowed is that.
    let trial = path + ".unfinished"
    let descriptor = open(trial, O_WRONLY | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw ExperimentError.system(call: "open", path: path, errno: errno) }
    close(descriptor)
    unlink(trial)
  }

  func write(_ conf: TuningConf) throws { try ResultsFolder.replace(path, with: Array(conf.text.utf8)) }

  var exists: Bool { access(path, F_OK) == 0 }

  private func head() throws -> String {
    guard let stream = fopen(path, "re") else {
      throw ExperimentError.system(call: "open", path: path, errno: errno)
    }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: Self.headByteCount)
    let count = fread(&bytes, 1, bytes.count, stream)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
