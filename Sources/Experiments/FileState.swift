// SPDX-License-Identifier: MIT

import Glibc

/// What differs of a path once its file is written to, or another file takes its place.
struct FileState: Equatable {
  private let device: UInt
  private let inode: UInt
  private let byteCount: Int
  private let changeSeconds: Int
  private let changeNanoseconds: Int

  /// `stat`; nil where there is no file.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    byteCount = Int(status.st_size)
    changeSeconds = status.st_ctim.tv_sec
    changeNanoseconds = status.st_ctim.tv_nsec
  }
}
