// SPDX-License-Identifier: MIT

import Glibc

/// A file of `/proc` that is kept open and read again and again without allocating.
public struct ProcessFile: ~Copyable {
  private let descriptor: Int32
  private let buffer: UnsafeMutableRawBufferPointer
  private static let bufferByteCount = 8192

  /// Opens `/proc/self/<name>`; reads as empty when there is none.
  init(_ name: String) { self.init(path: "/proc/self/" + name) }

  /// Opens a file of another process.
  public init(path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    buffer = .allocate(byteCount: Self.bufferByteCount, alignment: 16)
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  /// The number behind a label such as `VmHWM:`, in the file's own unit; nil when there is no such line.
  public func kilobytes(_ label: StaticString) -> UInt64? { value(after: label, in: read()) }

  /// The number after `label` at the beginning of a line of `text`, in the file's own unit; nil when there is none.
  func value(after label: StaticString, in text: UnsafeRawBufferPointer) -> UInt64? {
    let labelBytes = UnsafeRawBufferPointer(start: label.utf8Start, count: label.utf8CodeUnitCount)
    var lineStart = 0
    while lineStart + labelBytes.count < text.count {
      if text[lineStart...].starts(with: labelBytes) {
        return Self.number(in: text, from: lineStart + labelBytes.count)
      }
      while lineStart < text.count, text[lineStart] != UInt8(ascii: "\n") { lineStart += 1 }
      lineStart += 1
    }
    return nil
  }

  /// The file's text as it is now.
  func read() -> UnsafeRawBufferPointer {
    let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
    return UnsafeRawBufferPointer(rebasing: buffer[..<max(count, 0)])
  }

  /// The first decimal number at or after an offset.
  static func number(in text: UnsafeRawBufferPointer, from offset: Int) -> UInt64? {
    var index = offset
    while index < text.count, text[index] == UInt8(ascii: " ") || text[index] == UInt8(ascii: "\t") { index += 1 }
    var number: UInt64?
    while index < text.count, text[index] >= UInt8(ascii: "0"), text[index] <= UInt8(ascii: "9") {
      number = (number ?? 0) &* 10 &+ UInt64(text[index] - UInt8(ascii: "0"))
      index += 1
    }
    return number
  }
}
