// SPDX-License-Identifier: MIT

import Glibc

/// A folder that results are written to.
public enum ResultsFolder {
  /// Where results go that nobody named a place for: by date, time and kind.
  public static func dated(_ name: String) -> String {
    "results/\(SessionIdentifier.text("%Y-%m-%d-%H%M%S"))-\(name)"
  }

  /// Makes a folder, and those above it, where there are none.
  public static func make(_ folder: String) throws(ExperimentError) {
    var path = ""
    for part in folder.split(separator: "/", omittingEmptySubsequences: false) {
      path += part + "/"
      guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
        throw .system(call: "mkdir", path: folder, errno: errno)
      }
    }
    var status = stat()
    guard stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .system(call: "mkdir", path: folder, errno: ENOTDIR)
    }
  }

  /// Writes a file that takes its name, and the place of a former one, when it is whole.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(ExperimentError) {
    let unfinished = path + ".unfinished"
    guard let stream = fopen(unfinished, "we") else { throw .system(call: "fopen", path: path, errno: errno) }
    let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count
    // What the stream holds back is written now, and may not fit.
    guard fclose(stream) == 0, isWritten, rename(unfinished, path) == 0 else {
      let code = errno
      unlink(unfinished)
      throw .system(call: "write", path: path, errno: code)
    }
  }
}
