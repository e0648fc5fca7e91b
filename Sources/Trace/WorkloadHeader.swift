// SPDX-License-Identifier: MIT

/// The begin of a glibc workload, which is a program of its own: counts, the threads to start, and an end.
struct WorkloadHeader {
  private(set) var pointerCount: UInt64 = 0
  private(set) var syncCount: UInt64 = 0
  private(set) var threadCount: UInt64?
  /// Where each thread's operations begin, and where in the header that stands.
  private(set) var starts: [(offset: UInt64, place: Int)] = []
  private(set) var byteCount = 0

  /// Reads the header; `place` becomes the byte of the operation that cannot be read.
  init(_ bytes: UnsafeRawBufferPointer, place: inout Int) throws(CallFault) {
    var cursor = WorkloadCursor(0..<bytes.count)
    var isComplete = false
    while !isComplete {
      place = cursor.position
      guard place < bytes.count else { throw .malformed("the header has no end") }
      let code = try cursor.byte(of: bytes)
      switch WorkloadOperation(rawValue: code) {
      case .some(.none): break
      case .done: isComplete = true
      case .pointerCount: pointerCount = try cursor.number(of: bytes)
      case .syncCount: syncCount = try cursor.number(of: bytes)
      case .threadCount: threadCount = try cursor.number(of: bytes)
      case .startThread: starts.append((try cursor.number(of: bytes), place))
      default: throw .malformed("operation \(code) in the header of a glibc workload")
      }
    }
    byteCount = cursor.position
  }

  /// Whether the bytes begin with a header that starts threads.
  static func isPresent(in bytes: UnsafeRawBufferPointer) -> Bool {
    var place = 0
    guard bytes.count > 0, bytes[0] <= WorkloadOperation.startThread.rawValue,
      let header = try? WorkloadHeader(bytes, place: &place)
    else { return false }
    return header.pointerCount > 0 && !header.starts.isEmpty
  }

  /// Where each thread's operations are: from its begin to the next one's, or to the end of the file.
  ///
  /// - Parameter place: becomes the byte of what contradicts the file.
  func threadRanges(fileByteCount: Int, place: inout Int) throws(CallFault) -> [Range<Int>] {
    place = 0
    // A pointer or an index that is used takes more than a byte; what is counted by them is bounded by the file.
    guard pointerCount <= UInt64(fileByteCount), syncCount <= UInt64(fileByteCount) else {
      throw .malformed("\(max(pointerCount, syncCount)) pointers or synchronisations, more than the file has bytes")
    }
    if let threadCount, threadCount != UInt64(starts.count) {
      throw .malformed("the header says \(threadCount) threads and starts \(starts.count)")
    }
    for start in starts where start.offset < UInt64(byteCount) || start.offset >= UInt64(fileByteCount) {
      place = start.place
      throw .malformed("a thread begins at byte \(start.offset), outside of the file's operations")
    }
    let sorted = starts.sorted { $0.offset < $1.offset }
    var ends: [UInt64: Int] = [:]
    for (index, start) in sorted.enumerated() {
      let next = index + 1 < sorted.count ? Int(sorted[index + 1].offset) : fileByteCount
      guard next > Int(start.offset) else {
        place = sorted[index + 1].place
        throw .malformed("two threads begin at byte \(start.offset)")
      }
      ends[start.offset] = next
    }
    return starts.map { Int($0.offset)..<(ends[$0.offset] ?? fileByteCount) }
  }
}
