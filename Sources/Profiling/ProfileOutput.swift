// SPDX-License-Identifier: MIT

import Glibc

/// Bytes on their way to a file, to standard output or into memory, in pieces, so that no output is held as a whole.
///
/// A file gets its name when it is complete. What goes wrong on the way is kept, and thrown by `finish`: who writes a thousand
/// small pieces need not look at each.
public final class ProfileOutput {
  private enum Destination {
    case memory
    case descriptor(Int32)
    case file(descriptor: Int32, unfinishedPath: String)
  }

  private static let chunkByteCount = 1 << 16

  private let path: String
  private let destination: Destination
  private var chunk: [UInt8] = []
  private var failure: ProfilingError?
  private var isFinished = false
  /// Bytes written so far.
  public private(set) var byteCount = 0

  /// Keeps everything in memory, for `finish` to return.
  public init() {
    path = "memory"
    destination = .memory
  }

  /// Writes to a descriptor that stays open.
  public init(descriptor: Int32) {
    path = "descriptor \(descriptor)"
    destination = .descriptor(descriptor)
  }

  /// Writes a file; pipes and devices are written as they are.
  public init(path: String) throws(ProfilingError) {
    self.path = path
    var status = stat()
    let isOther = stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let unfinishedPath = isOther ? path : "\(path).\(getpid()).unfinished"
    let descriptor = open(unfinishedPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    destination = .file(descriptor: descriptor, unfinishedPath: unfinishedPath)
  }

  deinit {
    guard !isFinished, case .file(let descriptor, let unfinishedPath) = destination else { return }
    close(descriptor)
    if unfinishedPath != path { unlink(unfinishedPath) }
  }

  /// Writes a text as it is.
  public func write(text: String) { write(text) }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { write($0) }
  }

  func write(_ text: Substring) {
    var text = text
    text.withUTF8 { write($0) }
  }

  func write(_ text: StaticString) {
    write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func write(byte: UInt8) {
    chunk.append(byte)
    byteCount += 1
    if chunk.count >= Self.chunkByteCount { flush() }
  }

  func write(_ bytes: some Collection<UInt8>) {
    chunk.append(contentsOf: bytes)
    byteCount += bytes.count
    if chunk.count >= Self.chunkByteCount { flush() }
  }

  /// Writes a decimal number.
  func write(_ number: some FixedWidthInteger) {
    var magnitude = UInt64(number.magnitude)
    if number < 0 { write(byte: UInt8(ascii: "-")) }
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var first = digits.count
      repeat {
        first -= 1
        digits[first] = UInt8(ascii: "0") + UInt8(magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
      write(UnsafeBufferPointer(rebasing: digits[first...]))
    }
  }

  private func flush() {
    let descriptor: Int32
    switch destination {
    case .memory: return
    case .descriptor(let open), .file(let open, _): descriptor = open
    }
    chunk.withUnsafeBytes { bytes in
      var rest = bytes
      while failure == nil, !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if written < 0 {
          if errno != EINTR { failure = .system(call: "write", path: path, errno: errno) }
          continue
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
    chunk.removeAll(keepingCapacity: true)
  }

  /// Ends the output; what was written when it went into memory, nothing otherwise.
  @discardableResult
  public func finish() throws(ProfilingError) -> [UInt8] {
    flush()
    guard case .file(let descriptor, let unfinishedPath) = destination else {
      if let failure { throw failure }
      return chunk
    }
    isFinished = true
    if close(descriptor) != 0, failure == nil { failure = .system(call: "close", path: path, errno: errno) }
    if failure == nil, unfinishedPath != path, rename(unfinishedPath, path) != 0 {
      failure = .system(call: "rename", path: path, errno: errno)
    }
    if let failure {
      if unfinishedPath != path { unlink(unfinishedPath) }
      throw failure
    }
    return []
  }
}
