// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite("Firefox's logalloc")
struct LogallocFormatTests {
  @Test("A log as it is written becomes the first process's calls, with their threads")
  func raw() throws {
    let trace = try ImportedTrace(corpus: "logalloc.txt")
    #expect(trace.metadata.origin == "Firefox logalloc")
    #expect(trace.metadata.processIdentifier == 18545)
    #expect(
      trace.words == [
        "1=malloc 32", "2=calloc 148", "3=realloc 1 64", "4=aligned 240 @256", "free 3", "t1 3=malloc 24",
        "t1 5=aligned 100 @64", "free 2", "2=malloc 16", "free 3", "t1 6=aligned 10 @4096", "t1 7=aligned 32 @32",
        "t1 free 7", "t1 free 5",
      ])
    #expect(trace.summary.crossThreadFreeCount == 1)
    #expect(trace.metadata.remarks.contains("calls of other processes, left out: 1"))
    #expect(trace.metadata.remarks.contains("calls that gave no block, left out: 1"))
    #expect(trace.metadata.remarks.contains("blocks of valloc, taken to be aligned to 4096 bytes: 1"))
  }

  @Test("A munged log becomes the same calls")
  func munged() throws {
    let trace = try ImportedTrace(corpus: "logalloc-munged.txt")
    #expect(
      trace.words == ["1=malloc 32", "2=calloc 148", "1=realloc 1 64", "3=aligned 240 @256", "free 1"])
  }

  @Test("A log without threads, or with other lines, is read")
  func others() throws {
    let trace = try ImportedTrace(
      "13663 malloc(42)=0x7f0c33502040\nfrom the program\n13663 mmap(1)=0x1\r\n13663 free(0x7f0c33502040)\r\n13663 malloc(1)\n"
    )
    #expect(trace.words == ["1=malloc 42", "free 1"])
    #expect(trace.metadata.remarks.contains("lines that are no calls of an allocator, left out: 2"))
    #expect(trace.metadata.remarks.contains("calls that gave no block, left out: 1"))
  }

  @Test(
    "What logalloc cannot have written is an error with its line",
    arguments: [
      "malloc()=#1", "malloc(1=#1", "malloc(1)#1", "malloc(1)=", "malloc(1)=#1 ", "malloc(18446744073709551616)=#1",
      "calloc(1)=#1", "calloc(4294967296,4294967296)=#1", "free(#1", "free()", "free(#1)=#2", "realloc(,1)=#1",
      "memalign(16)=#1", "memalign(9223372036854775809,1)=#1", "malloc(1)=#99999999999999999999",
    ])
  func malformed(call: String) throws {
    let fault = try #require(ImportedTrace.fault("1 1 malloc(1)=#1\n1 1 \(call)\n"))
    #expect(fault.byteOffset == 17)
    #expect(fault.what.hasPrefix("line 2, "))
  }
}
