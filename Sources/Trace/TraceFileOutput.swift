// SPDX-License-Identifier: MIT

import Glibc

/// A file that gets its name when it is complete: until then, and for good when writing fails, it has another.
final class TraceFileOutput {
  let path: String
  private let unfinishedPath: String
  private let descriptor: Int32
  private var isOpen = true
  /// Bytes written so far.
  private(set) var byteCount: UInt64 = 0

  init(path: String) throws(TraceError) {
    self.path = path
    // Renaming would put a file in the place of a device or a pipe.
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .system(call: "rename", path: path, errno: EEXIST)
    }
    unfinishedPath = "\(path).\(getpid()).unfinished"
    descriptor = open(unfinishedPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
  }

  deinit {
    guard isOpen else { return }
    close(descriptor)
    unlink(unfinishedPath)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(TraceError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written >= 0 else { throw .system(call: "write", path: path, errno: errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      byteCount += UInt64(written)
    }
  }

  /// Closes the file and gives it its name.
  func finish() throws(TraceError) {
    isOpen = false
    guard close(descriptor) == 0 else {
      let failure = errno
      unlink(unfinishedPath)
      throw .system(call: "close", path: path, errno: failure)
    }
    guard rename(unfinishedPath, path) == 0 else {
      let failure = errno
      unlink(unfinishedPath)
      throw .system(call: "rename", path: path, errno: failure)
    }
  }
}
