// SPDX-License-Identifier: MIT

import CRecorder

/// Reads the process's memory map line by line, with bare system calls: the C library's are points of cancellation.
///
/// There is one buffer for all; only one reader may be there at a time, under the lock.
struct MemoryMapReader {
  /// One mapping.
  struct Line {
    var start: UInt64 = 0
    var end: UInt64 = 0
    var isExecutable = false
    var fileOffset: UInt64 = 0
    var device: UInt64 = 0
    /// 0 where there is no file.
    var inode: UInt64 = 0
    /// Where the path, or the kernel's name of the mapping, begins; it goes to the end of the line.
    var path: UnsafePointer<UInt8>
    var pathByteCount = 0
  }

  private static let capacity = Int(RECORDER_MAP_BUFFER_BYTE_COUNT)

  private let buffer = recorder_map_buffer_start()
  private let file: Int32
  private var begin = 0
  private var end = 0

  /// Nil when the map cannot be opened.
  init?() {
    // Not of /proc/self: its first thread may have ended.
    file = recorder_open_quietly(("/proc/thread-self/maps" as StaticString).cString)
    guard file >= 0 else { return nil }
  }

  func close() { recorder_close_quietly(file) }

  /// The next mapping, whose path is there until the one after it is asked for; nil at the end.
  mutating func next() -> Line? {
    var length = lineByteCount()
    while length == nil {
      guard refill() else { return nil }
      length = lineByteCount()
    }
    guard let length else { return nil }
    let line = buffer + begin
    begin += length + 1
    return Self.parse(line, byteCount: length)
  }

  private func lineByteCount() -> Int? {
    for index in begin..<end where buffer[index] == 10 { return index - begin }
    return nil
  }

  private mutating func refill() -> Bool {
    if begin > 0 {
      UnsafeMutableRawPointer(buffer).copyMemory(from: buffer + begin, byteCount: end - begin)
      end -= begin
      begin = 0
    }
    guard end < Self.capacity else { return false }
    let received = recorder_read_quietly(file, buffer + end, Self.capacity - end)
    guard received > 0 else { return false }
    end += received
    return true
  }

  /// `start-end perms offset major:minor inode path`, as proc(5) has it.
  private static func parse(_ text: UnsafePointer<UInt8>, byteCount: Int) -> Line {
    var line = Line(path: text)
    var index = 0
    line.start = hexadecimal(text, &index)
    index += 1
    line.end = hexadecimal(text, &index)
    line.isExecutable = text[index + 3] == 120
    index += 6
    line.fileOffset = hexadecimal(text, &index)
    index += 1
    line.device = hexadecimal(text, &index) &<< 32
    index += 1
    line.device |= hexadecimal(text, &index)
    index += 1
    while index < byteCount, case 48...57 = text[index] {
      line.inode = line.inode &* 10 &+ UInt64(text[index] &- 48)
      index += 1
    }
    while index < byteCount, text[index] == 32 { index += 1 }
    line.path = text + index
    line.pathByteCount = byteCount - index
    return line
  }

  private static func hexadecimal(_ text: UnsafePointer<UInt8>, _ index: inout Int) -> UInt64 {
    var value: UInt64 = 0
    while true {
      switch text[index] {
      case 48...57: value = value &<< 4 | UInt64(text[index] &- 48)
      case 97...102: value = value &<< 4 | UInt64(text[index] &- 87)
      default: return value
      }
      index += 1
    }
  }
}
