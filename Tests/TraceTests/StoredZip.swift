// SPDX-License-Identifier: MIT

import CZlib

/// A zip built by hand, whose fields may lie.
struct StoredZip {
  var name = "trace.txt"
  var content: [UInt8]
  var flags: UInt16 = 0
  var method: UInt16 = 0
  var compressedByteCount: UInt32
  var contentByteCount: UInt32
  var checksum: UInt32
  var localOffset: UInt32 = 0
  var directoryOffset: UInt32?
  var entryCount: UInt16 = 1
  var disk: UInt16 = 0
  var comment: [UInt8] = []

  init(_ text: String) {
    content = Array(text.utf8)
    compressedByteCount = UInt32(content.count)
    contentByteCount = UInt32(content.count)
    checksum = UInt32(crc32(0, content, UInt32(content.count)))
  }

  var bytes: [UInt8] {
    func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
      (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
    }
    let sizes =
      little(checksum) + little(compressedByteCount) + little(contentByteCount) + little(UInt16(name.utf8.count))
    let common = little(UInt16(20)) + little(flags) + little(method) + little(UInt32(0)) + sizes + little(UInt16(0))
    let local = Array("PK\u{3}\u{4}".utf8) + common + Array(name.utf8) + content
    let directory =
      Array("PK\u{1}\u{2}".utf8) + little(UInt16(20)) + common + little(UInt16(0)) + little(UInt16(0))
      + little(UInt16(0)) + little(UInt32(0)) + little(localOffset) + Array(name.utf8)
    let end =
      Array("PK\u{5}\u{6}".utf8) + little(disk) + little(UInt16(0)) + little(entryCount) + little(entryCount)
      + little(UInt32(directory.count)) + little(directoryOffset ?? UInt32(local.count)) + little(UInt16(comment.count))
    return local + directory + end + comment
  }
}
