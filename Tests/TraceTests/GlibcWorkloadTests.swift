// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite("glibc's workloads")
struct GlibcWorkloadTests {
  @Test("Threads take turns, and wait where the workload says")
  func workload() throws {
    let trace = try ImportedTrace(corpus: "workload.wl")
    #expect(trace.metadata.origin == "glibc workload (.wl)")
    // Thread 1 frees what thread 0 made after it said so, and thread 0 what thread 1 made.
    #expect(
      trace.words == [
        "1=malloc 10", "2=calloc 300", "1=realloc 1 20000", "t1 free 2", "3=aligned 100 @64", "t1 4=malloc 50",
        "t1 5=malloc 7", "free 4", "t1 free 5", "free 1", "end", "t1 end",
      ])
    #expect(trace.summary.crossThreadFreeCount == 2)
    #expect(trace.summary.unmatchedFreeCount == 0)
    #expect(trace.metadata.remarks.contains { $0.hasPrefix("waits for another thread") && $0.hasSuffix(": 2") })
  }

  /// A workload of 4 pointers and 2 synchronisations, whose threads' operations these are.
  private static func file(_ threads: [UInt8]..., offsets: [UInt8]? = nil, threadCount: UInt8? = nil) -> [UInt8] {
    var next = UInt8(7 + 2 * threads.count)
    var starts: [UInt8] = []
    for (index, thread) in threads.enumerated() {
      starts += [11, offsets?[index] ?? next]
      next += UInt8(thread.count)
    }
    return [8, 4, 9, 2, 10, threadCount ?? UInt8(threads.count)] + starts + [1] + threads.flatMap { $0 }
  }

  @Test("A pointer that is live is freed before it is used again, as trace_run does")
  func again() throws {
    let trace = try ImportedTrace(Self.file([2, 1, 8, 2, 1, 9, 5, 2, 5, 0, 1]))
    #expect(trace.words == ["1=malloc 8", "1=malloc 9", "free 2", "end"])
    #expect(trace.summary.missedFreeCount == 1)
    #expect(trace.summary.unmatchedFreeCount == 1)
  }

  @Test("Threads are numbered as they come to act")
  func numbers() throws {
    let trace = try ImportedTrace(Self.file([7, 1, 5, 1, 1], [7, 2, 6, 1, 2, 2, 9, 1], [2, 1, 8, 6, 2, 1]))
    #expect(trace.words == ["1=malloc 8", "end", "t1 2=malloc 9", "t2 free 1", "t1 end", "t2 end"])
  }

  @Test(
    "What contradicts the file is an error with its byte",
    arguments: [
      (file([1], offsets: [99]), 6, "begins at byte 99"), (file([1], offsets: [3]), 6, "begins at byte 3"),
      (file([1], [1], offsets: [11, 11]), 8, "two threads begin"), (file([1], threadCount: 9), 0, "says 9 threads"),
      (file([2, 1, 8]), 12, "no end"), (file([2, 1, 0x88]), 9, "number is cut"),
      (file([2, 5, 8, 1]), 9, "pointer 5 of 4"),
      (file([5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1]), 9, "more than 64 bits"),
      (file([6, 3, 1]), 9, "synchronisation 3 of 2"), (file([16, 1]), 9, "operation 16"),
      (file([8, 1, 1]), 9, "belongs in the header"), (file([13, 1, 1, 1]), 9, "operation 13"),
      (file([7, 1, 1]), 9, "wait forever"), (file([7, 1, 6, 2, 1], [7, 2, 6, 1, 1]), 16, "2 threads wait forever"),
      (file([2, 1, 8], [1]), 14, "no end"),
      (file([2, 1, 0xc0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00, 1]), 9, "a request"),
      ([8, 0x81, 0x80, 0x80, 0x80, 0x00, 11, 9, 1, 1], 0, "more than the file has bytes"),
    ] as [([UInt8], UInt64, String)])
  func malformed(bytes: [UInt8], byteOffset: UInt64, words: String) throws {
    let fault = try #require(ImportedTrace.fault(bytes))
    #expect(fault.byteOffset == byteOffset)
    #expect(fault.what.contains(words), "\(fault.what)")
  }

  @Test("A header that is cut is an error when the format is given, and unknown otherwise")
  func cutHeader() {
    #expect(throws: TraceError.unknownFormat(path: "sample")) { try ImportedTrace([8, 4, 11, 30]) }
    #expect(ImportedTrace.fault([8, 4, 11, 30], as: .workload)?.what == "the header has no end")
  }
}
