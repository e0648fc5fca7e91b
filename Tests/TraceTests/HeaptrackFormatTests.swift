// SPDX-License-Identifier: MIT

import Testing

@testable import Trace

@Suite("heaptrack's raw files")
struct HeaptrackFormatTests {
  @Test("A file that heaptrack wrote becomes the program's calls, compressed or not", arguments: ["", ".zst"])
  func real(ending: String) throws {
    let trace = try ImportedTrace(corpus: "heaptrack.raw" + ending)
    #expect(trace.metadata.origin == "heaptrack raw")
    #expect(trace.metadata.commandLine == ["./calls"])
    #expect(trace.metadata.pageByteCount == 4096)
    // The first block is libstdc++'s. memalign is not traced, but the free of its block is.
    #expect(
      trace.words == [
        "1=malloc 72704", "2=malloc 10", "3=malloc 21", "free 2", "4=malloc 1000", "free 4", "4=malloc 20",
        "5=malloc 30", "6=malloc 100", "7=malloc 64", "8=malloc 0", "free 8", "9=malloc 320", "free 3",
        "10=malloc 77", "free 10", "3=malloc 5", "free 3", "free 4", "free 6", "free 7", "free 11", "6=malloc 99",
        "free 1",
      ])
    #expect(trace.summary.unmatchedFreeCount == 1)
  }

  @Test("Compressed with gzip it is the same")
  func gzip() throws {
    let bytes = try ImportedTrace.bytes(ofCorpus: "heaptrack.raw")
    #expect(try ImportedTrace(MallocBenchMessage.gzip(bytes)).events == ImportedTrace(bytes).events)
  }

  @Test("Times are those of the last mark, since the program's start")
  func times() throws {
    let trace = try ImportedTrace("v 10400 3\nI 4000 1\n+ 8 1 10\nc a\n+ 8 1 20\nR 1\nc 14\n- 10\n")
    #expect(trace.events.map(\.nanoseconds) == [0, 10_000_000, 20_000_000])
    #expect(trace.metadata.pageByteCount == 16384)
  }

  @Test("An interpreted file is refused, and the raw one asked for")
  func interpreted() throws {
    let text = "v 10400 3\nX ./a\na 10 1\n+ 0\n"
    for bytes in [try ImportedTrace.bytes(ofCorpus: "heaptrack-interpreted.txt"), Array(text.utf8)] {
      let error = #expect(throws: TraceError.self) { try ImportedTrace(bytes) }
      guard case .unsuitable(_, let what, let remedy) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(what.contains("interpreted"))
      #expect(remedy.contains("--raw"))
    }
  }

  @Test("Another version is named as such")
  func version() {
    #expect(throws: TraceError.unsupportedVersion(path: "sample", found: 4, supported: 3...3)) {
      try ImportedTrace("v 10400 4\n+ 8 1 10\n")
    }
  }

  @Test(
    "What heaptrack cannot have written is an error with its line",
    arguments: ["+ 8 1", "- ", "-10", "+ 8 1 10000000000000000", "+ ffffffffffff 1 10", "c ffffffffffffffff", "z 1"])
  func malformed(line: String) throws {
    let fault = try #require(ImportedTrace.fault("v 10400 3\n\(line)\n"))
    #expect(fault.byteOffset == 10)
    #expect(fault.what.hasPrefix("line 2, "))
    #expect(ImportedTrace.fault("+ 8 1 10\n", as: .heaptrack) != nil)
  }
}
