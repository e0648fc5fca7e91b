// SPDX-License-Identifier: MIT

import Glibc

/// The bytes of a trace: a file mapped into memory, or bytes already there.
///
/// A mapped file must not be made shorter while it is read; growing is harmless.
public final class TraceBytes {
  /// What errors call the trace.
  public let path: String
  private let storage: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Maps a file for reading.
  public init(path: String) throws(TraceError) {
    self.path = path
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system(call: "fstat", path: path, errno: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unknownFormat(path: path) }
    let count = Int(status.st_size)
    guard count > 0 else { throw .unknownFormat(path: path) }
    guard let address = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw .system(call: "mmap", path: path, errno: errno)
    }
    madvise(address, count, MADV_SEQUENTIAL)
    storage = UnsafeRawBufferPointer(start: address, count: count)
    isMapped = true
  }

  /// Takes a copy of bytes.
  public init(_ bytes: [UInt8], path: String) {
    self.path = path
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 8)
    copy.copyBytes(from: bytes)
    storage = UnsafeRawBufferPointer(rebasing: copy[..<bytes.count])
    isMapped = false
  }

  deinit {
    if isMapped {
      munmap(UnsafeMutableRawPointer(mutating: storage.baseAddress), storage.count)
    } else {
      storage.deallocate()
    }
  }

  public var count: Int { storage.count }

  /// The byte at an offset, which must be below `count`.
  public subscript(offset: Int) -> UInt8 {
    precondition(offset >= 0 && offset < count, "offset \(offset) past the end")
    return storage[offset]
  }

  /// Whether these bytes stand at an offset.
  public func hasBytes(_ expected: [UInt8], at offset: Int) -> Bool {
    offset >= 0 && offset <= count - expected.count && storage[offset..<offset + expected.count].elementsEqual(expected)
  }

  /// A little-endian number at an offset; its bytes must be there.
  public func integer<Value: FixedWidthInteger>(_ type: Value.Type, at offset: Int) -> Value {
    precondition(offset >= 0 && offset <= count - MemoryLayout<Value>.size, "offset \(offset) past the end")
    return Value(littleEndian: storage.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// The bytes of a range, valid during the call.
  public func withBytes<Result, Failure: Error>(
    _ range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range \(range) past the end")
    return try body(UnsafeRawBufferPointer(rebasing: storage[range]))
  }

  /// All bytes, valid as long as this object.
  var all: UnsafeRawBufferPointer { storage }

  /// Lets the system take back the memory of the pages before an offset; they are read again when they are needed.
  public func discard(before offset: Int) { discard(0..<offset) }

  /// Lets the system take back the memory of the whole pages in a range; they are read again when they are needed.
  func discard(_ range: Range<Int>) {
    guard isMapped else { return }
    let pageMask = Int(getpagesize()) - 1
    let start = (range.lowerBound + pageMask) & ~pageMask
    let end = range.upperBound & ~pageMask
    guard start < end else { return }
    madvise(UnsafeMutableRawPointer(mutating: storage.baseAddress.map { $0 + start }), end - start, MADV_DONTNEED)
  }
}
