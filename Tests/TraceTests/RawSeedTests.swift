// SPDX-License-Identifier: MIT

import TestSupport
import Testing

@testable import Trace

@Suite("Raw seeds of the fuzzer")
struct RawSeedTests {
  @Test("The raw form is still that of the corpus", arguments: RawSeed.allCases)
  func corpus(seed: RawSeed) throws {
    let path = try #require(FuzzCorpus.paths.first { $0.hasSuffix("/" + seed.fileName) })
    let kept = try TraceBytes(path: path)
    #expect(FuzzInput.rawMagic + RawInput.compress(seed.trace) == (0..<kept.count).map { kept[$0] })
  }

  @Test("An input stands for the trace it was made from, which can be read", arguments: RawSeed.allCases)
  func expansion(seed: RawSeed) throws {
    let trace = RawInput.expand(RawInput.compress(seed.trace)[...])
    #expect(trace == seed.trace)
    let collected = CollectedEvents()
    try TraceFile.open(TraceBytes(trace, path: "seed")).send(to: collected)
    #expect(collected.events.count >= 8)
  }
}
