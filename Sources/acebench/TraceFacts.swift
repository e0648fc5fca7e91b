// SPDX-License-Identifier: MIT

import Events
import Reports
import Trace

/// The figures of a trace, by name.
struct TraceFacts {
  static let names = [
    "events_count", "operations_count", "threads_count", "bytes_per_event", "malloc_count", "calloc_count",
    "realloc_count", "aligned_count", "free_count", "requested_bytes", "live_peak_bytes", "live_peak_operation",
    "live_end_blocks_count", "live_end_bytes", "largest_request_bytes", "cross_thread_frees_count",
    "waiting_events_count", "unmatched_frees_count", "missed_frees_count", "lost_events_count", "order_conflicts_count",
    "unended_threads_count", "elapsed_ns", "distinct_stacks_count", "stacked_allocations_count",
    "truncated_stacks_count", "failed_stacks_count",
  ]

  let values: [FieldValue]

  init(_ information: TraceInformation) {
    let summary = information.summary
    let metadata = information.metadata
    let kinds: [Event.Kind] = [.malloc, .calloc, .realloc, .aligned, .free]
    let before: [FieldValue] = [
      .integer(information.histograms.eventCount), .integer(summary.operationCount),
      .integer(UInt64(summary.threadCount)), .real((information.bytesPerEvent * 1000).rounded() / 1000),
    ]
    let after: [UInt64] = [
      summary.requestedByteCount, summary.livePeakByteCount, summary.livePeakOperation, summary.liveEndBlockCount,
      summary.liveEndByteCount, summary.largestRequestByteCount, summary.crossThreadFreeCount,
      information.histograms.awaitingEventCount, summary.unmatchedFreeCount, summary.missedFreeCount,
      metadata.lostEventCount, metadata.conflictCount, metadata.unendedThreadCount, summary.elapsedNanoseconds,
    ]
    let stacks = information.stackCounts.map {
      [$0.distinctCount, $0.allocationCount, $0.truncatedCount, $0.failedCount]
    }
    let stackValues = (0..<4).map { index in stacks.map { FieldValue.integer($0[index]) } ?? FieldValue.none }
    values = before + kinds.map { .integer(summary.count(of: $0)) } + after.map { .integer($0) } + stackValues
  }
}

extension FieldValue {
  /// The value as it stands in a list for people.
  var plainText: String {
    switch self {
    case .text(let text): text
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .flag(let flag): flag ? "yes" : "no"
    case .none: ""
    }
  }
}
