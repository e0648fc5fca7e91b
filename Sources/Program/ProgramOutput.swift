// SPDX-License-Identifier: MIT

import Glibc

/// The file a replay program is written to, through a buffer.
final class ProgramOutput {
  private let path: String
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferCapacity = 1 << 20

  init(path: String) throws(ProgramError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    buffer.reserveCapacity(Self.bufferCapacity)
  }

  deinit { close(descriptor) }

  func append(_ value: some BitwiseCopyable) throws(ProgramError) {
    withUnsafeBytes(of: value) { buffer.append(contentsOf: $0) }
    if buffer.count >= Self.bufferCapacity { try flush() }
  }

  func append(_ words: [UInt32]) throws(ProgramError) {
    try flush()
    var failure: ProgramError?
    words.withUnsafeBytes { bytes in failure = write(bytes) }
    if let failure { throw failure }
  }

  /// Writes what is buffered, then `header` over the first bytes of the file.
  func finish(_ header: ProgramHeader) throws(ProgramError) {
    try flush()
    let written = withUnsafeBytes(of: header) { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    guard written == MemoryLayout<ProgramHeader>.size else {
      throw .system(call: "pwrite", path: path, errno: errno)
    }
  }

  private func flush() throws(ProgramError) {
    var failure: ProgramError?
    buffer.withUnsafeBytes { bytes in failure = write(bytes) }
    if let failure { throw failure }
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) -> ProgramError? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let slice = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(descriptor, slice.baseAddress, slice.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .system(call: "write", path: path, errno: errno)
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
