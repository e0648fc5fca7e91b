// SPDX-License-Identifier: MIT

import Events

/// A workload (`.wl`) of DJ Delorie's malloc tools for glibc: each thread's calls in byte codes, and where threads wait
/// for one another.
///
/// Its threads run in turns, which is an order that their synchronisation allows. Every thread's operations lie between
/// its begin and the next one's, so that no file says more than it has bytes.
final class GlibcWorkload: TraceSource {
  private(set) var metadata: TraceMetadata
  private let bytes: TraceBytes
  private let header: WorkloadHeader
  private let ranges: [Range<Int>]

  static func recognizes(_ bytes: TraceBytes) -> Bool { WorkloadHeader.isPresent(in: bytes.all) }

  /// Opens a workload, whose header must fit its size.
  init(_ bytes: TraceBytes) throws(TraceError) {
    self.bytes = bytes
    var place = 0
    do throws(CallFault) {
      header = try WorkloadHeader(bytes.all, place: &place)
      ranges = try header.threadRanges(fileByteCount: bytes.count, place: &place)
    } catch {
      throw Self.error(error, bytes.path, at: place)
    }
    metadata = Self.basicMetadata
  }

  func send(to sink: any EventSink) throws {
    var calls = CallEmitter(into: sink)
    var threads = WorkloadThreads(header, ranges: ranges)
    do {
      try threads.run(bytes.all, into: &calls)
    } catch let fault as CallFault {
      throw Self.error(fault, bytes.path, at: threads.place)
    }
    try calls.finish()
    metadata = Self.basicMetadata
    metadata.remarks += calls.remarks
    metadata.remarks += CountedRemark.lines([
      (
        threads.awaitedCount,
        "waits for another thread, of which those are kept that a block makes necessary"
      )
    ])
  }

  private static var basicMetadata: TraceMetadata {
    var metadata = TraceMetadata()
    metadata.origin = "glibc workload (.wl)"
    metadata.remarks = [
      "times are not in the format: all are 0",
      "the order of calls of different threads is not in the format except where they wait: they take turns",
      "when threads ended is not in the format: each ends after its last call",
    ]
    return metadata
  }

  private static func error(_ fault: CallFault, _ path: String, at place: Int) -> TraceError {
    guard case .malformed(let what) = fault else { return .unknownFormat(path: path) }
    return .malformed(path: path, byteOffset: UInt64(place), what: what)
  }
}
