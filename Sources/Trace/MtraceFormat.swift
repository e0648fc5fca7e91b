// SPDX-License-Identifier: MIT

/// What glibc's `mtrace()` writes to the file that MALLOC_TRACE names: `[@ WHERE] + POINTER SIZE`, `- POINTER` and the
/// rest.
///
/// Source: glibc, malloc/mtrace-impl.c. A realloc is two lines, `< POINTER` and `> POINTER SIZE`; one that failed is
/// `! POINTER SIZE`, and one to no bytes, or of no block, is written as a free or a malloc.
struct MtraceFormat: CallFormat {
  static let origin = "glibc mtrace text"
  static let losses = [
    "threads are not in the format: every call is made by one thread",
    "times are not in the format: all are 0",
    "calloc and aligned allocations are mallocs in the format",
  ]

  /// The block of a realloc whose second line is to come.
  private var formerBlock: UInt64?
  private var failedReallocCount: UInt64 = 0

  static func recognizes(_ line: TextLine, number: UInt64) -> Bool { number == 1 && line.isExactly("= Start") }

  mutating func read(_ line: TextLine, into calls: inout CallEmitter) throws {
    var line = line
    if line.take("@ ") {
      // The place may be a file whose name has anything in it, but its end is an address in brackets.
      guard line.skipPastLast("]"), line.take(" ") else { throw CallFault.malformed("the caller is not complete") }
    }
    if let formerBlock {
      guard line.take("> ") else { throw CallFault.malformed("the second half of a realloc is missing") }
      self.formerBlock = nil
      let (block, size) = try allocation(&line)
      return try calls.reallocate(from: formerBlock, to: block, size: size)
    }
    if line.take("+ ") {
      let (block, size) = try allocation(&line)
      try calls.allocate(.malloc, block: block, size: size)
    } else if line.take("- ") {
      try calls.free(try pointer(&line))
    } else if line.take("< ") {
      formerBlock = try pointer(&line)
    } else if line.take("! ") {
      failedReallocCount += 1
    } else if !line.isExactly("= Start"), !line.isExactly("= End"), !line.isEmpty {
      throw CallFault.malformed("which is no call as mtrace writes it")
    }
  }

  func describe(_ metadata: inout TraceMetadata) {
    metadata.remarks += CountedRemark.lines([
      (failedReallocCount, "reallocs that failed, left out"),
      (formerBlock == nil ? 0 : 1, "reallocs cut in half at the end of the file, left out"),
    ])
  }

  @inline(__always)
  private func allocation(_ line: inout TextLine) throws -> (block: UInt64, size: UInt64) {
    let block = try pointer(&line)
    // Zero is written without 0x.
    guard line.take(" "), let size = line.address() else { throw CallFault.malformed("a size is missing or too large") }
    return (block, size)
  }

  @inline(__always)
  private func pointer(_ line: inout TextLine) throws -> UInt64 {
    guard let pointer = line.address() else { throw CallFault.malformed("a pointer is missing or too large") }
    return pointer
  }
}
