// SPDX-License-Identifier: MIT

/// The definitions of stacks and modules in a raw trace.
///
/// Numbers of the file have gaps, where the headers of chunks are; those of the table have none.
struct RawStackIndex {
  private(set) var table = StackTable()
  private let nodesPerChunk: Int

  init() { nodesPerChunk = 0 }

  /// Goes through the chunks of definitions.
  init(_ file: TraceBytes, header: RawHeader) throws(TraceError) {
    nodesPerChunk = header.chunkByteCount / RawStackLayout.nodeByteCount
    var nodeChunks: [(sequence: UInt32, offset: Int)] = []
    var moduleChunks: [(sequence: UInt32, offset: Int)] = []
    for chunk in stride(from: RawLayout.headerByteCount, to: header.end, by: header.chunkByteCount) {
      let magic = file.integer(UInt32.self, at: chunk + RawStackLayout.magicOffset)
      let sequence = file.integer(UInt32.self, at: chunk + RawStackLayout.sequenceOffset)
      if magic == RawStackLayout.nodeMagic { nodeChunks.append((sequence, chunk)) }
      if magic == RawStackLayout.moduleMagic { moduleChunks.append((sequence, chunk)) }
    }
    nodeChunks.sort { $0.sequence < $1.sequence }
    moduleChunks.sort { $0.sequence < $1.sequence }
    for (place, chunk) in nodeChunks.enumerated() {
      guard chunk.sequence == place else {
        throw .malformed(path: file.path, byteOffset: UInt64(chunk.offset), what: "stacks are out of their order")
      }
      try readNodes(file, at: chunk.offset)
    }
    for chunk in moduleChunks {
      try readModules(file, chunk.offset..<chunk.offset + header.chunkByteCount)
    }
  }

  /// The number in the table of a number in the file; nil when there is no such stack.
  func stack(_ number: UInt64) -> UInt32? {
    guard number != 0, nodesPerChunk != 0, number < UInt64(UInt32.max) else { return nil }
    let headers = (Int(number) / nodesPerChunk + 1) * RawStackLayout.headerNodeCount
    guard Int(number) % nodesPerChunk >= RawStackLayout.headerNodeCount, Int(number) - headers < Int(table.count) else {
      return nil
    }
    return UInt32(Int(number) - headers + 1)
  }

  /// A chunk's nodes; the last chunk ends at the first address that is 0.
  private mutating func readNodes(_ file: TraceBytes, at chunk: Int) throws(TraceError) {
    for place in RawStackLayout.headerNodeCount..<nodesPerChunk {
      let offset = chunk + place * RawStackLayout.nodeByteCount
      let address = file.integer(UInt64.self, at: offset + RawStackLayout.nodeAddressOffset)
      guard address != 0 else { return }
      let number = UInt64(file.integer(UInt32.self, at: offset + RawStackLayout.nodeParentOffset))
      guard let caller = number == 0 ? 0 : stack(number) else {
        throw .malformed(
          path: file.path, byteOffset: UInt64(offset), what: "a stack's caller does not come before it")
      }
      table.append(address: address, caller: caller)
    }
  }

  private mutating func readModules(_ file: TraceBytes, _ chunk: Range<Int>) throws(TraceError) {
    var offset = chunk.lowerBound + RawStackLayout.headerByteCount
    while offset + RawStackLayout.modulePathOffset <= chunk.upperBound {
      let byteCount = Int(file.integer(UInt32.self, at: offset + RawStackLayout.moduleByteCountOffset))
      guard byteCount != 0 else { return }
      let pathByteCount = Int(file.integer(UInt32.self, at: offset + RawStackLayout.modulePathByteCountOffset))
      let start = file.integer(UInt64.self, at: offset + RawStackLayout.moduleStartOffset)
      let end = file.integer(UInt64.self, at: offset + RawStackLayout.moduleEndOffset)
      guard byteCount >= RawStackLayout.modulePathOffset, byteCount <= chunk.upperBound - offset,
        pathByteCount <= byteCount - RawStackLayout.modulePathOffset, start < end
      else {
        throw .malformed(path: file.path, byteOffset: UInt64(offset), what: "a module's record makes no sense")
      }
      let path = offset + RawStackLayout.modulePathOffset
      // The first number that a module can have may not be there yet.
      let first = UInt64(file.integer(UInt32.self, at: offset + RawStackLayout.moduleFirstNodeOffset))
      table.modules.append(
        TraceModule(
          addresses: start..<end,
          fileOffset: file.integer(UInt64.self, at: offset + RawStackLayout.moduleFileOffsetOffset),
          path: file.withBytes(path..<path + pathByteCount) { String(decoding: $0, as: UTF8.self) },
          firstStack: first == 0 ? 0 : stack(first) ?? (stack(first - 1).map { $0 + 1 } ?? 0)))
      offset += byteCount
    }
  }
}
