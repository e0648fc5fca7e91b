// SPDX-License-Identifier: MIT

#if canImport(Trace)
  @testable import Trace
#endif

/// A raw trace in a few bytes, for the fuzzer: the numbers of the header, then for each chunk the number of its bytes
/// (two bytes) and these bytes. All that is left out is zero.
///
/// A header that says that nothing is committed gets the number of bytes that there are.
enum RawInput {
  static let chunkByteCount = 4096

  /// How many bytes of the header are numbers, which its version decides.
  private static func numbersByteCount(_ bytes: ArraySlice<UInt8>) -> Int {
    let version = bytes.dropFirst(RawLayout.versionOffset).first ?? 0
    return UInt32(version) == RawLayout.versionWithStacks
      ? RawLayout.unwoundTicksOffset + 8 : RawLayout.textByteCountsOffset + 4 * 4
  }

  /// The trace of an input.
  static func expand(_ input: ArraySlice<UInt8>) -> [UInt8] {
    let numbersByteCount = numbersByteCount(input)
    var bytes = Array(input.prefix(numbersByteCount))
    bytes += repeatElement(0, count: RawLayout.headerByteCount - bytes.count)
    var rest = input.dropFirst(numbersByteCount)
    while rest.count > 2 {
      let count = Int(rest[rest.startIndex]) | Int(rest[rest.startIndex + 1]) << 8
      let chunk = rest.dropFirst(2).prefix(min(count, chunkByteCount))
      bytes += chunk
      bytes += repeatElement(0, count: chunkByteCount - chunk.count)
      rest = rest.dropFirst(2 + chunk.count)
    }
    let committed = RawLayout.committedByteCountOffset..<RawLayout.committedByteCountOffset + 8
    if bytes[committed].allSatisfy({ $0 == 0 }) {
      for (index, offset) in committed.enumerated() {
        bytes[offset] = UInt8(truncatingIfNeeded: bytes.count >> (8 * index))
      }
    }
    return bytes
  }

  /// The input for a trace whose chunks are of `chunkByteCount`, and whose header has no texts.
  static func compress(_ trace: [UInt8]) -> [UInt8] {
    var input = Array(trace.prefix(numbersByteCount(trace[...])))
    for offset in 0..<8 { input[RawLayout.committedByteCountOffset + offset] = 0 }
    for start in stride(from: RawLayout.headerByteCount, to: trace.count, by: chunkByteCount) {
      let chunk = trace[start..<min(start + chunkByteCount, trace.count)]
      let count = (chunk.lastIndex { $0 != 0 } ?? start - 1) + 1 - start
      input += [UInt8(count & 0xff), UInt8(count >> 8)]
      input += chunk.prefix(count)
    }
    return input
  }
}
