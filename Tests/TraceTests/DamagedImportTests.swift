// SPDX-License-Identifier: MIT

import Events
import TestSupport
import Testing

@testable import Trace

@Suite("Damaged files of other tools")
struct DamagedImportTests {
  private static let names = [
    "android.txt", "android.zip", "heaptrack.raw", "heaptrack.raw.zst", "logalloc.txt", "logalloc-munged.txt",
    "mtrace.txt",
    "valgrind.txt", "valgrind-times.txt", "valgrind-cxx.txt", "workload.wl",
  ]

  @Test("A file cut at any byte is read or refused", arguments: names)
  func cut(name: String) throws {
    let bytes = try ImportedTrace.bytes(ofCorpus: name)
    for length in bytes.indices { try FuzzInput.run(Array(bytes[..<length])) }
  }

  @Test("A file with any byte changed is read or refused", arguments: names)
  func changed(name: String) throws {
    let bytes = try ImportedTrace.bytes(ofCorpus: name)
    var random = SeededRandom(seed: 17)
    for offset in bytes.indices {
      var changed = bytes
      changed[offset] ^= UInt8.random(in: 1...255, using: &random)
      try FuzzInput.run(changed)
    }
  }

  @Test(
    "A text cut at any byte has no call that the whole text has not",
    arguments: ["android.txt", "mtrace.txt", "valgrind.txt"])
  func prefix(name: String) throws {
    let bytes = try ImportedTrace.bytes(ofCorpus: name)
    let whole = try ImportedTrace(bytes).events
    for length in 100..<bytes.count {
      let events = try ImportedTrace(Array(bytes[..<length])).events
      #expect(whole.starts(with: events), "\(length)")
    }
  }
}
