// SPDX-License-Identifier: MIT

import Events
import Testing
import Trace

@Suite struct RecordedRealProgramsTests {
  @Test(
    "a real program's output is unchanged and its record consistent",
    .enabled(if: RecordedProgram.shell("command -v perl && test -x /usr/bin/python3").status == 0),
    arguments: [
      "/usr/bin/python3 -c 'print(sum(len(str(i)) for i in range(20000)))'",
      "perl -e 'my %h; $h{$_} = \"x\" x ($_ % 99) for 1..20000; print length(join(\",\", values %h)), \"\\n\"'",
      "sort /etc/passwd",
    ])
  func consistent(command: String) throws {
    let bare = RecordedProgram.shell(command)
    let program = RecordedProgram(command)
    #expect(program.status == bare.status)
    #expect(program.output == bare.output)
    let (events, metadata) = try program.read()
    let summary = try Replayed(events).summary
    #expect(summary.operationCount > 10)
    #expect(summary.unmatchedFreeCount == 0)
    #expect(summary.missedFreeCount == 0)
    #expect(metadata.conflictCount == 0)
    #expect(summary.liveEndByteCount <= summary.livePeakByteCount)
  }

  @Test(
    "a program on another preloaded allocator is recorded as well",
    .enabled(if: RecordedProgram.otherAllocator != nil))
  func otherAllocator() throws {
    let library = try #require(RecordedProgram.otherAllocator)
    let program = RecordedProgram("\(RecordedProgram.calls) hand-over", preload: [library])
    #expect(program.status == 0)
    let (events, metadata) = try program.read()
    let summary = try Replayed(events).summary
    #expect(summary.crossThreadFreeCount >= 19_000)
    #expect(summary.unmatchedFreeCount == 0)
    #expect(summary.missedFreeCount == 0)
    #expect(metadata.conflictCount == 0)
  }
}
