// SPDX-License-Identifier: MIT

import CLinux
import Testing

@testable import Profiling

@Suite("The filter of system calls")
struct SyscallFilterTests {
  private static let allow: UInt32 = 0x7fff_0000
  private static let trace: UInt32 = 0x7ff0_0000
  private static let thisArchitecture: UInt32 = 0xc000_003e
  private static let otherArchitecture: UInt32 = 0x4000_0003

  /// Runs the filter as the kernel would: seccomp(2), the three instructions that it is made of.
  private func verdict(of filter: SyscallFilter, number: UInt32, architecture: UInt32) -> UInt32? {
    var accumulator: UInt32 = 0
    var place = 0
    while filter.instructions.indices.contains(place) {
      let instruction = filter.instructions[place]
      place += 1
      switch instruction.code {
      case 0x20: accumulator = instruction.k == 0 ? number : architecture
      case 0x15: place += Int(accumulator == instruction.k ? instruction.jt : instruction.jf)
      case 0x06: return instruction.k
      default: return nil
      }
    }
    return nil
  }

  @Test("stops the calls it is for and no others", arguments: [1, 2, 15])
  func verdicts(count: Int) {
    let calls = SyscallNumber.ofAllocators.prefix(count)
    let filter = SyscallFilter(stoppingAt: Array(calls))
    for number in UInt32(0)..<500 {
      let isChosen = calls.contains(SyscallNumber(Int(number)))
      #expect(
        verdict(of: filter, number: number, architecture: Self.thisArchitecture) == (isChosen ? Self.trace : Self.allow)
      )
      #expect(verdict(of: filter, number: number, architecture: Self.otherArchitecture) == Self.allow)
    }
  }

  @Test(
    "knows the names of calls",
    arguments: [
      (0, "read"), (9, "mmap"), (25, "mremap"), (28, "madvise"), (59, "execve"), (202, "futex"), (231, "exit_group"),
      (334, "rseq"), (424, "pidfd_send_signal"), (449, "futex_waitv"), (462, "mseal"), (400, "call 400"),
      (1023, "call 1023"),
    ])
  func names(number: Int, name: String) { #expect(SyscallNumber(number).name == name) }
}
