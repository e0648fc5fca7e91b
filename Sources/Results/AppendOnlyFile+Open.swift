// SPDX-License-Identifier: MIT

import Glibc

extension AppendOnlyFile {
  /// A locked descriptor of a file that ends after a whole record.
  struct Opened {
    var descriptor: Int32
    var isRegular: Bool
    /// Whether the header is still to be written.
    var isEmpty: Bool
  }

  /// Nil when the file begins with another header.
  static func open(_ path: String, header: [UInt8], framing: RecordFraming) throws -> Opened? {
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw ResultsError.system(call: "open", path: path, errno: errno) }
    do {
      let opened = try prepare(descriptor, path: path, header: header, framing: framing)
      if opened == nil { close(descriptor) }
      return opened
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Locks a file for this process alone; why it could not, as errno.
  ///
  /// A process that another thread of this one starts meanwhile has all files until its exec: its share of a lock that was given
  /// back already ends a moment later.
  private static func lock(_ descriptor: Int32) -> Int32? {
    var code: Int32 = 0
    for attempt in 0..<20 {
      if attempt > 0 { usleep(5000) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return nil }
      code = errno
      if code != EWOULDBLOCK { break }
    }
    return code
  }

  private static func prepare(
    _ descriptor: Int32, path: String, header: [UInt8], framing: RecordFraming
  ) throws -> Opened? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ResultsError.system(call: "fstat", path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return Opened(descriptor: descriptor, isRegular: false, isEmpty: true)
    }
    if let code = lock(descriptor) {
      guard code == EWOULDBLOCK else { throw ResultsError.system(call: "flock", path: path, errno: code) }
      throw ResultsError.locked(path: path, holderProcessIdentifier: LockHolder.processIdentifier(of: status))
    }
    let start = try firstBytes(descriptor, count: header.count, path: path)
    var wholeByteCount: Int64 = 0
    if start == header {
      wholeByteCount = try framing.wholeByteCount(ofFile: path)
    } else if !header.starts(with: start) {
      return nil
    }
    guard ftruncate(descriptor, off_t(wholeByteCount)) == 0 else {
      throw ResultsError.system(call: "ftruncate", path: path, errno: errno)
    }
    return Opened(descriptor: descriptor, isRegular: true, isEmpty: wholeByteCount == 0)
  }

  /// The first bytes of a file, fewer when it is shorter.
  private static func firstBytes(_ descriptor: Int32, count: Int, path: String) throws(ResultsError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var readCount = 0
    while readCount < count {
      let result = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: readCount), count - readCount, off_t(readCount))
      }
      if result < 0 && errno == EINTR { continue }
      guard result >= 0 else { throw .system(call: "pread", path: path, errno: errno) }
      guard result > 0 else { break }
      readCount += result
    }
    return Array(bytes[..<readCount])
  }
}
