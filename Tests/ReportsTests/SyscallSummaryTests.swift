// SPDX-License-Identifier: MIT

import Profiling
import Reports
import Testing

@Suite("The tables of system calls")
struct SyscallSummaryTests {
  private let calls = SyscallComposition(
    .ebpf,
    [
      SyscallCount(
        call: SyscallNumber(202), callCount: 4, errorCount: 1, elapsedNanoseconds: 5_000_000,
        waitedNanoseconds: 4_999_000, longestNanoseconds: 4_000_000),
      SyscallCount(
        call: SyscallNumber(9), callCount: 3, elapsedNanoseconds: 9000, waitedNanoseconds: 0, longestNanoseconds: 5000,
        byteCount: 12 << 20),
    ], costNanosecondsPerCall: 80)

  /// A line with single spaces.
  private func single(_ line: String) -> String { line.split(separator: " ").joined(separator: " ") }

  @Test("put first what worked most, and not what waited longest")
  func order() {
    var summary = SyscallSummary()
    summary.add("system", calls)
    let lines = summary.render(.plain, width: nil).split(separator: "\n").map(String.init)
    #expect(lines[0] == "System calls with system")
    #expect(single(lines[2]) == "mmap 90.0 9.00 µs 0 ns 3 0 3.00 µs 5.00 µs 12.0 MiB")
    #expect(single(lines[3]) == "futex 10.0 1.00 µs 5.00 ms 4 1 250 ns 4.00 ms –")
    #expect(lines.contains("  watching adds 80.0 ns to each call, as measured just before"))
  }

  @Test("have records of the same, with every call")
  func records() {
    var summary = SyscallSummary()
    summary.add("system", calls)
    let table = summary.records
    #expect(table.records.count == 2)
    let futex = Dictionary(uniqueKeysWithValues: zip(table.fields, table.records[1]))
    #expect(futex["call"] == .text("futex"))
    #expect(futex["working_ns"] == .integer(1000))
    #expect(futex["waiting_ns"] == .integer(4_999_000))
    #expect(futex["working_share"] == .real(0.1))
    #expect(futex["bytes"] == FieldValue.none)
  }

  @Test("show several allocators in a line each first")
  func overview() {
    var summary = SyscallSummary()
    summary.add("system", calls)
    summary.add("other", SyscallComposition(.ebpf, [], costNanosecondsPerCall: 90))
    let lines = summary.render(.plain, width: nil).split(separator: "\n").map(String.init)
    #expect(lines[0] == "System calls")
    #expect(lines[2].hasPrefix("system"))
    #expect(single(lines[2]) == "system 7 1 10.0 µs 5.00 ms 12.0 MiB 0 B 0 B ebpf")
    #expect(lines[3].hasPrefix("other"))
    #expect(lines.contains("System calls with other"))
    #expect(lines.contains("  watching adds 90.0 ns to each call, as measured just before"))
  }

  @Test("sum up the calls that no line is left for")
  func rest() {
    var summary = SyscallSummary()
    let counts = (0..<40).map { number in
      SyscallCount(
        call: SyscallNumber(number), callCount: 2, elapsedNanoseconds: UInt64(1000 - number), waitedNanoseconds: 0,
        longestNanoseconds: 600)
    }
    summary.add("system", SyscallComposition(.ebpf, counts))
    let lines = summary.render(.plain, width: nil).split(separator: "\n").map(String.init)
    #expect(lines[17].hasPrefix("25 others"))
    #expect(lines[17].contains(" 50 "))
    #expect(summary.records.records.count == 40)
  }

  @Test("have nothing where the backend sees nothing")
  func partial() {
    var summary = SyscallSummary()
    summary.add(
      "system",
      SyscallComposition(
        .proc,
        [SyscallCount(call: SyscallNumber(0), callCount: 3), SyscallCount(call: SyscallNumber(1), callCount: 4)]))
    let lines = summary.render(.plain, width: nil).split(separator: "\n").map(String.init)
    #expect(single(lines[2]) == "system 7 – – – – – – proc")
    #expect(lines.last?.contains("partial") == true)
    #expect(summary.records.records.allSatisfy { $0[6] == FieldValue.none && $0[4] == FieldValue.none })
  }
}
