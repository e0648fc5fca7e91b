// SPDX-License-Identifier: MIT

import Glibc

/// A file for a program's output that has no name and is gone with this.
final class UnnamedFile {
  let descriptor: Int32

  init() throws(ProfilingError) {
    guard let stream = tmpfile() else { throw .system(call: "tmpfile", path: "/tmp", errno: errno) }
    descriptor = fcntl(fileno(stream), F_DUPFD_CLOEXEC, 3)
    fclose(stream)
    guard descriptor >= 0 else { throw .system(call: "fcntl", path: "/tmp", errno: errno) }
  }

  deinit { close(descriptor) }

  /// All that was written.
  func bytes() -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while case let count = pread(descriptor, &buffer, buffer.count, off_t(result.count)), count > 0 {
      result += buffer[..<count]
    }
    return result
  }
}
