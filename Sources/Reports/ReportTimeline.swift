// SPDX-License-Identifier: MIT

import Results
import Statistics

/// The memory of an arm along the operations of a cell, over the processes of several rounds.
///
/// Timelines are sampled at equal steps of operations, so that the n-th points of two processes belong together even where
/// threads or seeds made the number of operations differ a little.
struct ReportTimeline {
  struct Point {
    var operationIndex: Double
    /// Medians, bytes.
    var live: Double
    var resident: Double
    /// The least and the greatest resident set of a process.
    var range: ClosedRange<Double>
  }

  /// Of each process, in the order in which they were read; points without a resident set are left out.
  private var processes: [[TimelinePoint]] = []

  mutating func append(_ points: [TimelinePoint]) {
    let usable = points.filter { $0.residentByteCount != nil }
    if !usable.isEmpty { processes.append(usable) }
  }

  var processCount: Int { processes.count }

  /// As many as the shortest process has.
  var points: [Point] {
    (0..<(processes.map(\.count).min() ?? 0)).compactMap { index in
      let points = processes.map { $0[index] }
      guard let resident = SortedSample(points.map { Double($0.residentByteCount ?? 0) }),
        let live = SortedSample(points.map { Double($0.liveByteCount) }),
        let place = SortedSample(points.map { Double($0.operationIndex) }),
        let least = resident.values.first, let greatest = resident.values.last
      else { return nil }
      return Point(
        operationIndex: place.median, live: live.median, resident: resident.median, range: least...greatest)
    }
  }
}
