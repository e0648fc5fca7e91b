// SPDX-License-Identifier: MIT

import Glibc

/// A file of records that survives being killed at any moment: one writer, each record appended by one `write(2)`, and
/// a record that was torn off cut away when the file is opened again.
///
/// Memory does not grow with the records. The lock is held as long as the object lives.
final class AppendOnlyFile {
  /// The file that is written to.
  let path: String
  private let descriptor: Int32
  private let isOwned: Bool
  /// Whether bytes once written can be taken back; not so for pipes and devices.
  private let isRegular: Bool

  /// Opens or creates a file and makes it end after its last whole record.
  ///
  /// A file that begins with another header is left alone, and a numbered one beside it (`name-2.csv`) is used.
  ///
  /// - Parameter header: The first record, line end included; empty for files that have none.
  init(path: String, header: [UInt8], framing: RecordFraming) throws {
    var number = 1
    while true {
      let candidate = Self.numbered(path, number)
      if let opened = try Self.open(candidate, header: header, framing: framing) {
        (self.path, descriptor, isOwned) = (candidate, opened.descriptor, true)
        isRegular = opened.isRegular
        if opened.isEmpty { try append(header) }
        return
      }
      number += 1
    }
  }

  /// Writes to a descriptor that someone else closes, such as standard output, without a lock.
  init(descriptor: Int32, header: [UInt8]) throws {
    (path, self.descriptor, isOwned) = ("descriptor \(descriptor)", descriptor, false)
    isRegular = false
    try append(header)
  }

  deinit { if isOwned { close(descriptor) } }

  /// Appends whole records; after an error the file ends as it did before.
  func append(_ bytes: [UInt8]) throws(ResultsError) {
    var writtenCount = 0
    while writtenCount < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: writtenCount), $0.count - writtenCount)
      }
      let code = errno
      if count >= 0 {
        writtenCount += count
      } else if code == EAGAIN {
        var readiness = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&readiness, 1, -1)
      } else if code != EINTR {
        if isRegular && writtenCount > 0 { try cut(writtenCount) }
        throw .system(call: "write", path: path, errno: code)
      }
    }
  }

  /// Returns when everything appended so far is on the disk; does nothing for pipes and devices.
  func synchronize() throws(ResultsError) {
    guard isRegular, fsync(descriptor) != 0 else { return }
    throw .system(call: "fsync", path: path, errno: errno)
  }

  /// The numbered name: 1 is `path` itself, 2 puts `-2` before the suffix.
  static func numbered(_ path: String, _ number: Int) -> String {
    guard number > 1 else { return path }
    let nameStart = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    let suffixStart = path[nameStart...].lastIndex(of: ".") ?? path.endIndex
    return "\(path[..<suffixStart])-\(number)\(path[suffixStart...])"
  }

  /// Takes back the last bytes of the file.
  private func cut(_ byteCount: Int) throws(ResultsError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, ftruncate(descriptor, status.st_size - off_t(byteCount)) == 0 else {
      throw .system(call: "ftruncate", path: path, errno: errno)
    }
  }
}
