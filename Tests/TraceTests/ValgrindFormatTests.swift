// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite("valgrind's traces of malloc")
struct ValgrindFormatTests {
  private let calls = [
    "1=malloc 10", "2=calloc 21", "3=realloc 1 1000", "4=realloc 3 20", "5=malloc 30", "6=aligned 100 @64",
    "7=aligned 64 @32", "8=aligned 50 @256", "free 5", "9=malloc 0", "free 9", "10=calloc 272", "free 2",
    "11=malloc 77", "free 11", "12=malloc 5", "free 12", "free 4", "free 6", "free 7", "free 8", "13=malloc 99",
  ]

  @Test("A file that valgrind wrote becomes the program's calls")
  func real() throws {
    let trace = try ImportedTrace(corpus: "valgrind.txt")
    #expect(trace.metadata.origin == "valgrind --trace-malloc=yes")
    #expect(trace.metadata.processIdentifier == 8659)
    #expect(trace.words == calls)
    #expect(trace.metadata.remarks.contains("calls that gave no block, left out: 1"))
    #expect(trace.metadata.remarks.contains { $0.hasPrefix("times are not in the file") })
    #expect(trace.summary.elapsedNanoseconds == 0)
  }

  @Test("Times that valgrind wrote are the events'")
  func times() throws {
    let trace = try ImportedTrace(corpus: "valgrind-times.txt")
    #expect(trace.words == calls)
    #expect(trace.summary.elapsedNanoseconds > 0)
    #expect(trace.summary.elapsedNanoseconds % 1_000_000 == 0)
    #expect(trace.metadata.remarks.contains { $0.hasPrefix("times are known to 1 ms") })
  }

  @Test("C++'s operators are calls of the allocator")
  func operators() throws {
    #expect(
      try ImportedTrace(corpus: "valgrind-cxx.txt").words == [
        "1=malloc 72704", "2=malloc 4", "free 2", "3=malloc 28", "free 3", "4=aligned 64 @64", "free 4",
        "5=aligned 128 @64", "free 5", "6=malloc 4", "free 6", "free 1",
      ])
  }

  @Test("What others say between the calls is passed over, even in their lines")
  func mixed() throws {
    let trace = try ImportedTrace(
      """
      ==7== Memcheck, a memory error detector
      --7-- REDIR: 0x4 (libc.so.6:strlen) redirected to 0x48
      a line of the program
      --7-- malloc(10) = 0x10
      no end--7-- malloc(20) = 0x20
      --9-- malloc(30) = 0x10
      --7-- malloc_usable_size(0x10) = 10
      --7-- realloc(0x0,27)malloc(27) = 0x30
      --7-- realloc(0x30,0)free(0x30)
      --7--  = 0
      --7-- malloc(40)
      --7-- malloc(1) = 0x40 and more
      --7-- calloc(4) = 0x50
      --7-- reallocarray(0x10,3,9) = 0x60

      """)
    #expect(trace.words == ["1=malloc 10", "2=malloc 20", "3=malloc 27", "free 3", "4=realloc 1 27"])
    #expect(trace.metadata.remarks.contains("calls of other processes, left out: 1"))
    #expect(trace.metadata.remarks.contains("calls that are not complete, left out: 3"))
  }

  @Test(
    "Requests that no allocator can have served are an error",
    arguments: [
      "malloc(281474976710656) = 0x10", "calloc(4294967296,4294967296) = 0x10",
      "_ZnwmSt11align_val_t(size 1, al 18446744073709551615) = 0x10",
    ])
  func impossible(call: String) throws {
    let fault = try #require(ImportedTrace.fault("--7-- malloc(1) = 0x10\n--7-- \(call)\n"))
    #expect(fault.byteOffset == 23)
    #expect(fault.what.hasPrefix("line 2, "))
  }
}
