// SPDX-License-Identifier: MIT

import Results
import TestSupport
import Testing

@Suite struct EnvironmentLogTests {
  @Test("what was recorded is read again, each environment once")
  func recorded() throws {
    let folder = TemporaryFolder()
    let fingerprint = try EnvironmentFingerprint()
    for _ in 0..<2 { try EnvironmentLog.record(fingerprint, path: folder.file("env.jsonl")) }
    let environments = try EnvironmentLog.environments(path: folder.file("env.jsonl"))
    #expect(environments.map(\.identifier) == [fingerprint.identifier])
    let facts = try #require(environments.first?.facts)
    #expect(facts.first { $0.name == "libc" }?.value == fingerprint.hard.libc)
    #expect(facts.first { $0.name == "pageByteCount" }?.value == String(fingerprint.hard.pageByteCount))
    #expect(facts.contains { $0.name == "kernelRelease" } == (fingerprint.soft.kernelRelease != nil))
  }

  @Test("facts that this version does not know are read too, and what is no JSON is passed over")
  func foreign() throws {
    let folder = TemporaryFolder()
    let text = """
      {"env_id":"a1","hard":{"smt":true,"nodes":[0,1],"limits":{"cpu":"2","memory":1.5},"gone":null},"soft":{"note":"x"}}
      not JSON
      {"no":"identifier"}

      """
    let environments = try EnvironmentLog.environments(path: folder.write("env.jsonl", Array(text.utf8)))
    #expect(environments.map(\.identifier) == ["a1"])
    #expect(
      environments.first?.facts.map { "\($0.name): \($0.value)" }
        == ["limits: cpu=2, memory=1.5", "nodes: 0, 1", "smt: yes", "note: x"])
    #expect(throws: ResultsError.self) { try EnvironmentLog.environments(path: folder.file("missing.jsonl")) }
  }
}
