// SPDX-License-Identifier: MIT

/// How a program is replayed.
public struct ReplaySettings: Sendable {
  public var pass = ReplayPass.time
  public var touch = TouchPolicy.page
  /// Runs of the whole program that are measured; their times add up.
  public var repeatCount = 1
  /// Runs before them that are not.
  public var warmupCount = 0
  /// Time to waste after each stretch of operations, as a fraction of what the stretch took: for seeing whether a
  /// comparison would notice. It counts as the run's, by the clock and on the processor.
  public var slowdown = 0.0
  /// Whether the measured stretches are marked (`SpanMark`), for counters and for who watches from outside.
  public var marksSpans = false
  /// Memory for the words of the program; what does not fit is read in parts between stopped clocks.
  public var programMemoryByteCount = 1 << 30
  /// About how many points the timeline of the memory pass has.
  public var timelinePointCount = 100
  /// Whether the memory pass also reads on which NUMA nodes the memory lies.
  public var readsNodes = false

  public init() {}
}
