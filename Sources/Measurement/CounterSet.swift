// SPDX-License-Identifier: MIT

import CLinux
import Glibc

/// All performance counters, of the thread that makes the set and whatever it starts from then on. They stand still at first.
///
/// Each counts by itself: a group would be scheduled as one, and cannot be inherited by threads.
public final class CounterSet {
  /// When the counters begin to count.
  public enum Start: Sendable {
    /// From one `SpanMark.begin()` to the next `SpanMark.end()` of this thread.
    case atMark
    /// In each process that this thread starts, as soon as that runs another program.
    case atExec
  }

  private struct Member {
    var counter: PerformanceCounter
    var descriptor: Int32
    var isUserOnly: Bool
    var absence: CounterAbsence?
  }

  private var members: [Member] = []

  public init(_ start: Start) {
    for counter in PerformanceCounter.allCases {
      let (type, config) = counter.code
      var isUserOnly = false
      var result = linux_open_counter(type, config, false, start == .atExec)
      if result == -EACCES || result == -EPERM, counter.countsInUserMode {
        isUserOnly = true
        result = linux_open_counter(type, config, true, start == .atExec)
      }
      members.append(
        Member(
          counter: counter, descriptor: result, isUserOnly: isUserOnly,
          absence: result < 0 ? CounterAbsence(errno: -result) : nil))
    }
  }

  deinit {
    for member in members where member.descriptor >= 0 { close(member.descriptor) }
  }

  /// What was counted so far, processes and threads that have ended included.
  public func readings() -> [(counter: PerformanceCounter, result: Result<CounterReading, CounterAbsence>)] {
    members.map { ($0.counter, Self.reading(of: $0)) }
  }

  private static func reading(of member: Member) -> Result<CounterReading, CounterAbsence> {
    if let absence = member.absence { return .failure(absence) }
    var words: (value: UInt64, enabled: UInt64, running: UInt64) = (0, 0, 0)
    let byteCount = MemoryLayout.size(ofValue: words)
    guard read(member.descriptor, &words, byteCount) == byteCount else { return .failure(.failed) }
    // Nothing has run at all where nothing was started; that is a count of nothing, and no missing counter.
    guard words.running > 0 || words.enabled == 0 else { return .failure(.notCounted) }
    return .success(
      CounterReading(
        rawValue: words.value, enabledNanoseconds: words.enabled, runningNanoseconds: words.running,
        isUserOnly: member.isUserOnly))
  }
}
