// SPDX-License-Identifier: MIT

import ArgumentParser
import Reports
import Results
import Trace

/// A histogram of traces as records.
struct TraceInfoRecords {
  enum Histogram: String, CaseIterable, ExpressibleByArgument {
    case sizes
    case lifetimes
    case times
    case threads
  }

  let histogram: Histogram

  init(_ histogram: Histogram) { self.histogram = histogram }

  /// The names of a record's fields. Buckets go from the first number to the last, both included.
  var fields: [String] {
    switch histogram {
    case .sizes: ["trace", "from_bytes", "to_bytes", "requests_count", "requests_share", "requested_bytes"]
    case .lifetimes: ["trace", "from_operations", "to_operations", "freed_blocks_count", "freed_blocks_share"]
    case .times: ["trace", "from_ns", "to_ns", "freed_blocks_count", "freed_blocks_share"]
    case .threads:
      [
        "trace", "thread", "events_count", "allocations_count", "frees_count", "requested_bytes",
        "cross_thread_frees_count", "freed_by_others_count", "waiting_events_count",
      ]
    }
  }

  /// The records of a trace: buckets from the first to the last that hold anything, or all threads.
  func records(of information: TraceInformation, path: String) -> [[FieldValue]] {
    let histograms = information.histograms
    return switch histogram {
    case .sizes:
      Self.buckets(histograms.requestCountBySizeBucket, path).map { bucket, record in
        record + [.integer(histograms.requestedByteCountBySizeBucket[bucket])]
      }
    case .lifetimes: Self.buckets(histograms.blockCountByLifetimeBucket, path).map(\.record)
    case .times:
      information.hasTimes ? Self.buckets(histograms.blockCountByNanosecondsBucket, path).map(\.record) : []
    case .threads:
      histograms.threads.enumerated().map { number, thread in
        [.text(path)]
          + [
            UInt64(number), thread.eventCount, thread.allocationCount, thread.freeCount, thread.requestedByteCount,
            thread.foreignFreeCount, thread.freedByOthersCount, thread.awaitingEventCount,
          ].map { .integer($0) }
      }
    }
  }

  private static func buckets(_ counts: [UInt64], _ path: String) -> [(bucket: Int, record: [FieldValue])] {
    let total = Double(counts.reduce(0, +))
    return TraceInfoText.buckets(of: counts).map { bucket in
      let range = TraceHistograms.range(ofBucket: bucket)
      let share = (Double(counts[bucket]) / total * 1e6).rounded() / 1e6
      return (
        bucket,
        [
          .text(path), .integer(range.lowerBound), .integer(range.upperBound), .integer(counts[bucket]), .real(share),
        ]
      )
    }
  }
}
