// SPDX-License-Identifier: MIT

/// Where the segments of every thread are in a raw trace.
struct RawSegmentIndex {
  /// The place of a segment and what its header says.
  struct Entry {
    var events: Range<Int>
    var isOpen: Bool
    var sequence: UInt32
    var baseStamp: UInt64
  }

  /// The segments of each thread in the order they were written; threads in the order of their numbers.
  private(set) var threads: [[Entry]] = []

  /// Goes from segment to segment through all chunks without decoding an event.
  init(_ file: TraceBytes, header: RawHeader) throws(TraceError) {
    let bytes = file.all
    var entries: [UInt32: [Entry]] = [:]
    for chunk in stride(from: RawLayout.headerByteCount, to: header.end, by: header.chunkByteCount) {
      let chunkEnd = chunk + header.chunkByteCount
      var offset = chunk
      while offset + RawSegment.headerByteCount <= chunkEnd,
        let segment = bytes.baseAddress.flatMap({ RawSegment(at: $0 + offset) })
      {
        let start = offset + RawSegment.headerByteCount
        let isOpen = segment.byteCount == 0
        let end = isOpen ? chunkEnd : start + Int(segment.byteCount)
        guard end <= chunkEnd else {
          throw .malformed(
            path: file.path, byteOffset: UInt64(offset + RawSegment.byteCountOffset),
            what: "a segment goes beyond its chunk")
        }
        entries[segment.thread, default: []].append(
          Entry(events: start..<end, isOpen: isOpen, sequence: segment.sequence, baseStamp: segment.baseStamp))
        guard !isOpen else { break }
        offset += RawSegment.stride(byteCount: Int(segment.byteCount))
      }
      // The kernel maps the pages around each one touched; all chunks together would be a good part of the file.
      file.discard(chunk..<min(chunkEnd, file.count))
    }
    for number in entries.keys.sorted() {
      let segments = (entries[number] ?? []).sorted { $0.sequence < $1.sequence }
      for (earlier, later) in zip(segments, segments.dropFirst()) where earlier.sequence == later.sequence {
        throw .malformed(
          path: file.path, byteOffset: UInt64(later.events.lowerBound - RawSegment.headerByteCount),
          what: "two segments have the same place in their thread")
      }
      threads.append(segments)
    }
  }
}
