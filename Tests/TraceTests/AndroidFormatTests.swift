// SPDX-License-Identifier: MIT

import Events
import Testing

@testable import Trace

@Suite("Android's memory_replay texts")
struct AndroidFormatTests {
  private let words = [
    "1=malloc 48", "2=calloc 100", "t1 3=malloc 4096", "4=aligned 16384 @4096", "t1 5=realloc 3 8192", "t1 free 1",
    "6=malloc 20", "t1 end", "t2 free 5", "t3 3=malloc 7", "free 6",
  ]

  @Test("A text becomes its calls, with threads and times, in a zip too", arguments: ["android.txt", "android.zip"])
  func text(name: String) throws {
    let trace = try ImportedTrace(corpus: name)
    #expect(trace.metadata.origin == "Android memory_replay text")
    #expect(trace.metadata.order == .fine)
    #expect(trace.words == words)
    // Allocations count from their end, frees from their begin; time begins with the first.
    #expect(
      trace.events.map(\.nanoseconds) == [
        0, 1250, 1450, 2550, 3650, 4550, 5150, 6550, 7550, 8600, 8750,
      ])
    #expect(trace.summary.crossThreadFreeCount == 2)
    #expect(trace.metadata.remarks.contains("calls that gave no block, left out: 1"))
    #expect(trace.metadata.remarks.contains("calls that say how much of a block was in memory, which is not kept: 3"))
  }

  @Test("Times are optional, and alignments are rounded up as Bionic does")
  func withoutTimes() throws {
    let trace = try ImportedTrace(
      "1: memalign 0x10 48 100\n1: memalign 0x20 0 5\n1: thread_done 0x0\n1: malloc 0x30 1\n")
    #expect(trace.words == ["1=aligned 100 @64", "2=malloc 5", "end", "t1 3=malloc 1"])
    #expect(trace.metadata.order == .serial)
    #expect(trace.metadata.remarks.contains("the file has no times: all are 0"))
    #expect(
      trace.metadata.remarks.contains { $0.hasPrefix("alignments that were no power of two") && $0.hasSuffix(": 1") })
  }

  @Test("A call without a time has that of the one before")
  func someTimes() throws {
    let trace = try ImportedTrace("1: malloc 0x10 1 10 500\n1: malloc 0x20 1\n1: free 0x10 700 800\n")
    #expect(trace.events.map(\.nanoseconds) == [0, 0, 200])
    #expect(trace.metadata.order == .serial)
    #expect(trace.metadata.remarks.contains("calls without a time, which have that of the call before: 1"))
  }

  @Test("A time before an earlier line's does not go back")
  func earlier() throws {
    let trace = try ImportedTrace("1: malloc 0x10 1 10 500\n2: malloc 0x20 1 20 400\n1: free 0x10 700 800\n")
    #expect(trace.events.map(\.nanoseconds) == [0, 0, 200])
    #expect(trace.metadata.remarks.contains { $0.hasPrefix("times before one") && $0.hasSuffix(": 1") })
  }

  @Test(
    "What memory_replay cannot have written is an error with its line",
    arguments: [
      "1 malloc 0x10 1", "1: malloc 0x10", "1: malloc 0x10 1 5", "1: malloc 0x10 1 5 6 7 8", "1: calloc 0x10 1",
      "1: calloc 0x10 4294967296 4294967296", "1: realloc 0x10 1", "1: mmap 0x10 1", "1: malloc 0x 1",
      "1: malloc 0x10 18446744073709551616", "1: malloc 0x10 140737488355329", "1: memalign 0x10 281474976710656 1",
      "1: free 0x10 5", "99999999999999999999: free 0x10", "1: free", "1: thread_done 0x0 x",
    ])
  func malformed(line: String) throws {
    let fault = try #require(ImportedTrace.fault("1: malloc 0x10 1\n\(line)\n"))
    #expect(fault.byteOffset == 17)
    #expect(fault.what.hasPrefix("line 2, "))
  }
}
