// SPDX-License-Identifier: MIT

import Glibc

/// A file mapped to be read; its pages come and go as they are needed.
final class RawMapping {
  let bytes: UnsafeRawBufferPointer

  init(path: String) throws(TraceError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw .system(call: "fstat", path: path, errno: errno) }
    guard status.st_size > 0 else { throw .unknownFormat(path: path) }
    let memory = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, file, 0)
    guard memory != MAP_FAILED else { throw .system(call: "mmap", path: path, errno: errno) }
    bytes = UnsafeRawBufferPointer(start: memory, count: Int(status.st_size))
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }

  /// Lets go of the whole pages of a part that was read; reading it again brings them back.
  static func drop(_ part: UnsafeRawBufferPointer) {
    guard let base = part.baseAddress else { return }
    let pageMask = UInt(getpagesize()) - 1
    let start = (UInt(bitPattern: base) + pageMask) & ~pageMask
    let end = (UInt(bitPattern: base) + UInt(part.count)) & ~pageMask
    guard start < end else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: start), Int(end - start), MADV_DONTNEED)
  }
}
