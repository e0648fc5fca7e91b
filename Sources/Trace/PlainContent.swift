// SPDX-License-Identifier: MIT

/// The bytes of a file, or of a part of it, as they are.
final class PlainContent: ContentStream {
  private let bytes: TraceBytes
  private var rest: Range<Int>

  init(_ bytes: TraceBytes, range: Range<Int>? = nil) {
    self.bytes = bytes
    rest = range ?? 0..<bytes.count
  }

  var byteOffset: UInt64 { UInt64(rest.lowerBound) }

  func read(into target: UnsafeMutableRawBufferPointer) throws(TraceError) -> Int {
    let part = rest.prefix(target.count)
    bytes.withBytes(part) { target.copyMemory(from: $0) }
    rest.removeFirst(part.count)
    bytes.discard(before: rest.lowerBound)
    return part.count
  }
}
