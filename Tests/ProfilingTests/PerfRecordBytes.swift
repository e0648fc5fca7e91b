// SPDX-License-Identifier: MIT

import CLinux

/// Records as the kernel writes them, for the attributes that samplers ask for.
struct PerfRecordBytes {
  private(set) var bytes: [UInt8] = []

  static let kernelContext = UInt64(bitPattern: -128)
  static let userContext = UInt64(bitPattern: -512)

  mutating func sample(
    process: Int32, nanoseconds: UInt64, addresses: [UInt64], period: UInt64 = 1, isKernel: Bool = false
  ) {
    var body: [UInt8] = []
    Self.append(addresses.first { $0 < UInt64(bitPattern: -4095) } ?? 0x1234, to: &body)
    Self.append(process, to: &body)
    Self.append(process, to: &body)
    Self.append(nanoseconds, to: &body)
    Self.append(period, to: &body)
    Self.append(UInt64(addresses.count), to: &body)
    for address in addresses { Self.append(address, to: &body) }
    append(type: UInt32(PERF_RECORD_SAMPLE.rawValue), flags: isKernel ? 1 : 2, body)
  }

  mutating func mapping(
    process: Int32, nanoseconds: UInt64, start: UInt64, byteCount: UInt64, fileOffset: UInt64, path: String
  ) {
    var body: [UInt8] = []
    Self.append(process, to: &body)
    Self.append(process, to: &body)
    for number in [start, byteCount, fileOffset, 0x0000_0001_0000_00fe, 4711, 1, 0x0000_0002_0000_0005] {
      Self.append(number, to: &body)
    }
    Self.append(text: path, to: &body)
    Self.appendTail(process: process, nanoseconds, to: &body)
    append(type: UInt32(PERF_RECORD_MMAP2.rawValue), flags: 2, body)
  }

  mutating func exec(process: Int32, nanoseconds: UInt64, name: String = "program") {
    var body: [UInt8] = []
    Self.append(process, to: &body)
    Self.append(process, to: &body)
    Self.append(text: name, to: &body)
    Self.appendTail(process: process, nanoseconds, to: &body)
    append(type: UInt32(PERF_RECORD_COMM.rawValue), flags: 1 << 13, body)
  }

  mutating func fork(process: Int32, parent: Int32, nanoseconds: UInt64) {
    var body: [UInt8] = []
    for number in [process, parent, process, parent] { Self.append(number, to: &body) }
    Self.append(nanoseconds, to: &body)
    Self.appendTail(process: parent, nanoseconds, to: &body)
    append(type: UInt32(PERF_RECORD_FORK.rawValue), flags: 0, body)
  }

  mutating func lost(count: UInt64, nanoseconds: UInt64) {
    var body: [UInt8] = []
    Self.append(UInt64(9), to: &body)
    Self.append(count, to: &body)
    Self.appendTail(process: 1, nanoseconds, to: &body)
    append(type: UInt32(PERF_RECORD_LOST.rawValue), flags: 0, body)
  }

  private static func append(_ number: some FixedWidthInteger, to body: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { body += $0 }
  }

  /// A text fills up eight bytes.
  private static func append(text: String, to body: inout [UInt8]) {
    body += Array(text.utf8) + [0]
    while body.count % 8 != 0 { body.append(0) }
  }

  private static func appendTail(process: Int32, _ nanoseconds: UInt64, to body: inout [UInt8]) {
    append(process, to: &body)
    append(process, to: &body)
    append(nanoseconds, to: &body)
  }

  private mutating func append(type: UInt32, flags: UInt16, _ body: [UInt8]) {
    Self.append(type, to: &bytes)
    Self.append(flags, to: &bytes)
    Self.append(UInt16(body.count + 8), to: &bytes)
    bytes += body
  }
}
