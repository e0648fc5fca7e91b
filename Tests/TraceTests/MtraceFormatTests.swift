// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite("glibc's mtrace texts")
struct MtraceFormatTests {
  @Test("A file that glibc wrote becomes the program's calls")
  func real() throws {
    let trace = try ImportedTrace(corpus: "mtrace.txt")
    #expect(trace.metadata.origin == "glibc mtrace text")
    #expect(trace.metadata.remarks.contains("calls that gave no block, left out: 1"))
    #expect(
      trace.words == [
        "1=malloc 10", "2=malloc 21", "3=realloc 1 1000", "3=realloc 3 20", "4=malloc 30", "5=malloc 100",
        "6=malloc 64", "7=malloc 50", "free 4", "8=malloc 0", "free 8", "9=malloc 288", "free 2", "10=malloc 77",
        "free 10", "2=malloc 5", "free 2", "free 3", "free 5", "free 6", "free 7", "5=malloc 99", "free 9",
      ])
    #expect(trace.summary.unmatchedFreeCount == 0)
    #expect(trace.summary.missedFreeCount == 0)
    #expect(trace.summary.liveEndBlockCount == 1)
  }

  @Test("Callers are passed over, however their files are called")
  func callers() throws {
    let trace = try ImportedTrace(
      """
      = Start
      + 0x10 0x8
      @ [0x401136] + 0x20 0
      @ ./a ] + 0x1 0x2:(main-12)[0x401136] - 0x10
      @ ./a:(main+0x12)[0x401136] < 0x20
      @ ./a:(main+0x12)[0x401136] > 0x30 0x20
      @ ./a:[0x1] ! 0x30 0xffffffffffff
      = End

      """)
    #expect(trace.words == ["1=malloc 8", "2=malloc 0", "free 1", "3=realloc 2 32"])
    #expect(trace.metadata.remarks.contains("reallocs that failed, left out: 1"))
  }

  @Test("A file that was cut loses what is not complete, and says so")
  func cut() throws {
    let half = try ImportedTrace("= Start\n@ a:[0x1] + 0x10 0x8\n@ a:[0x1] < 0x10\n@ a:[0x1] > 0x20 0x1")
    #expect(half.words == ["1=malloc 8"])
    #expect(half.metadata.remarks.contains("reallocs cut in half at the end of the file, left out: 1"))
    #expect(half.metadata.remarks.contains { $0.hasPrefix("the file ends within a line") })
  }

  @Test(
    "What mtrace cannot have written is an error with its line",
    arguments: [
      "+ 0x10", "+ 10 ", "- ", "- 0x10000000000000000", "+ 0x10 0x10000000000000000", "+ 0x10 0x1000000000000",
      "@ a + 0x10 0x8", "? 0x10", "< 0x10\n- 0x10", "hello",
    ])
  func malformed(line: String) throws {
    let fault = try #require(ImportedTrace.fault("= Start\n+ 0x10 0x8\n\(line)\n"))
    let isPair = line.contains("\n")
    #expect(fault.byteOffset == (isPair ? 26 : 19))
    #expect(fault.what.hasPrefix(isPair ? "line 4, " : "line 3, "), "\(fault.what)")
  }
}
