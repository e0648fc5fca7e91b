// SPDX-License-Identifier: MIT

/// Adds up system calls, one at a time.
struct SyscallTally {
  private var counts: [SyscallNumber: SyscallCount] = [:]

  mutating func add(_ count: SyscallCount) {
    guard var sum = counts[count.call] else {
      counts[count.call] = count
      return
    }
    sum.callCount += count.callCount
    sum.errorCount += count.errorCount
    sum.elapsedNanoseconds = (sum.elapsedNanoseconds ?? 0) + (count.elapsedNanoseconds ?? 0)
    sum.waitedNanoseconds = (sum.waitedNanoseconds ?? 0) + (count.waitedNanoseconds ?? 0)
    sum.longestNanoseconds = max(sum.longestNanoseconds ?? 0, count.longestNanoseconds ?? 0)
    if let byteCount = count.byteCount { sum.byteCount = (sum.byteCount ?? 0) + byteCount }
    counts[count.call] = sum
  }

  var all: [SyscallCount] { Array(counts.values) }
}
