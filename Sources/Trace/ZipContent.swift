// SPDX-License-Identifier: MIT

import CZlib

/// The content of the first file in a zip, held against the size and the checksum that the zip gives for it.
final class ZipContent: ContentStream {
  private let path: String
  private let member: ZipMember
  private let content: any ContentStream
  private var byteCount: UInt64 = 0
  private var checksum: UInt = 0

  init(_ bytes: TraceBytes) throws(TraceError) {
    path = bytes.path
    member = try ZipMember(bytes)
    if member.isDeflated {
      content = try InflatedContent(bytes, range: member.data, wrapper: .none)
    } else {
      content = PlainContent(bytes, range: member.data)
    }
  }

  var byteOffset: UInt64 { content.byteOffset }

  func read(into target: UnsafeMutableRawBufferPointer) throws(TraceError) -> Int {
    let count = try content.read(into: target)
    byteCount += UInt64(count)
    checksum = crc32_z(checksum, target.baseAddress?.assumingMemoryBound(to: UInt8.self), count)
    guard byteCount <= member.contentByteCount, count > 0 || byteCount == member.contentByteCount else {
      throw fault("the zip says \(member.contentByteCount) bytes, and there are \(count > 0 ? "more" : "\(byteCount)")")
    }
    guard count > 0 || checksum == UInt(member.checksum) else { throw fault("the zip's checksum is of other content") }
    return count
  }

  private func fault(_ what: String) -> TraceError { .malformed(path: path, byteOffset: byteOffset, what: what) }
}
