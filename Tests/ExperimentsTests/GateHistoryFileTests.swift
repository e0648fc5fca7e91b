// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Glibc
import TestSupport
import Testing

@Suite("The file of a stored baseline")
struct GateHistoryFileTests {
  private let folder = TemporaryFolder()

  private var file: GateHistoryFile { GateHistoryFile(path: folder.file("baseline.json")) }

  private func session(_ name: String, day: Int = 1) throws -> GateSession {
    let figures = [GateMetric.throughput, .peakRSS].compactMap { metric in
      GateSessionFigure(
        cellIdentifier: "tiny/1", title: "tiny \"hot\"\nsecond line", metric: metric,
        differences: [0.1, 1.0 / 3, -2.5e-17, 0.15, 0.2, 0.05], referenceMedian: 2e7 / 3)
    }
    return GateSession(
      identifier: name, began: "2026-03-0\(day)T10:00:00Z",
      identity: GateIdentity(
        environmentIdentifier: "m", workerSHA256: "w", workloadHash: "h", referenceSHA256: "r"),
      headSHA256: "head", processorModel: "A “fast” processor", harnessVersion: "1", harnessCommit: "c",
      figures: figures)
  }

  private var lines: [String] {
    String(decoding: folder.read("baseline.json"), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func refusal(_ text: String) -> ExperimentError? {
    folder.write("baseline.json", Array(text.utf8))
    do { _ = try file.read() } catch { return error }
    return nil
  }

  private func reason(_ text: String) throws -> String {
    guard case .malformedBaseline(let path, let reason)? = refusal(text) else { return "accepted" }
    #expect(path == file.path)
    return reason
  }

  @Test("a session comes back from it bit for bit, and has a line of its own")
  func roundTrip() throws {
    let sessions = [try session("one"), try session("two", day: 2)]
    for (index, session) in sessions.enumerated() {
      let written = try file.append(session)
      #expect(written.sessions == Array(sessions[...index]))
      #expect(try file.read() == written)
    }
    #expect(lines.count == 4)
    #expect(lines.first == #"{"schemaVersion":1,"sessions":["#)
    #expect(lines[1].contains(#""identifier":"one""#) && lines[1].hasSuffix(","))
    #expect(lines[2].contains(#""identifier":"two""#))
    #expect(lines.last == "]}")
    let before = lines
    try file.append(try session("three", day: 3))
    // What was there stays as it was, but for a comma.
    #expect(lines[1] == before[1] && lines[2] == before[2] + ",")
    #expect(access(file.path + ".unfinished", F_OK) != 0)
  }

  @Test("a file that is missing is told apart from one that is wrong, and one without sessions is neither")
  func missing() throws {
    #expect(throws: ExperimentError.missingBaseline(path: file.path)) { try file.read() }
    #expect(try file.readIfPresent() == GateHistory())
    #expect(throws: ExperimentError.self) { try GateHistoryFile(path: folder.file("no/folder")).append(session("one")) }
    folder.write("baseline.json", Array(#"{"schemaVersion":1,"sessions":[]}"#.utf8))
    #expect(try file.read() == GateHistory())
    #expect(throws: ExperimentError.system(call: "fread", path: folder.path, errno: EISDIR)) {
      try GateHistoryFile(path: folder.path).readIfPresent()
    }
  }

  @Test("the same session twice is refused, and the file stays as it was")
  func repeated() throws {
    try file.append(session("one"))
    let before = folder.read("baseline.json")
    #expect(throws: ExperimentError.malformedBaseline(path: file.path, reason: "it has session one twice")) {
      try file.append(session("one"))
    }
    #expect(folder.read("baseline.json") == before)
    let line = lines[1]
    #expect(try reason(#"{"schemaVersion":1,"sessions":[\#(line),\#(line)]}"#) == "it has session one twice")
  }

  @Test("another version is refused, whatever else is in it")
  func version() throws {
    let words = "it has schema version 2, and this acebench reads 1"
    #expect(try reason(#"{"schemaVersion":2,"sessions":[{"a":1}]}"#) == words)
    #expect(try reason(#"{"sessions":[]}"#) != "accepted")
  }

  @Test("wrong values are refused, and found by their place")
  func wrongValues() throws {
    try file.append(session("one"))
    let text = String(decoding: folder.read("baseline.json"), as: UTF8.self)
    func changed(_ old: String, _ new: String) throws -> String {
      let range = try #require(text.firstRange(of: old), "\(old)")
      return try reason(text[..<range.lowerBound] + new + text[range.upperBound...])
    }
    #expect(
      try changed(#""metric":"throughput""#, #""metric":"speed""#).hasPrefix(
        "sessions.Index 0.figures.Index 0.metric: "))
    #expect(try changed(#""identifier":"one","#, "").contains("identifier"))
    #expect(try changed("0.15", "NaN") != "accepted")
    #expect(try changed("0.15", "Infinity") != "accepted")
    #expect(try changed("0.15", "1e999") != "accepted")
    #expect(try changed("0.15", "null") != "accepted")
    #expect(try changed("0.15", "0.35").contains("is not what its rounds come to"))
    #expect(try changed(#""estimate":"#, #""estimate":1"#).contains("is not what its rounds come to"))
    #expect(try changed(#""identifier":"one""#, #""identifier":"""#) == "session number 1 has no identifier")
  }

  @Test("a file that is cut anywhere is refused")
  func cut() throws {
    try file.append(session("one"))
    let bytes = folder.read("baseline.json")
    // Without its last line feed it is still whole.
    for count in stride(from: 0, to: bytes.count - 1, by: 7) + [bytes.count - 2] {
      folder.write("baseline.json", Array(bytes[..<count]))
      #expect(throws: ExperimentError.self, "\(count) bytes") { try file.read() }
      #expect(throws: ExperimentError.self, "\(count) bytes") { try file.append(session("two")) }
      #expect(folder.read("baseline.json").count == count)
    }
  }

  @Test("bytes that are no text are refused")
  func noText() throws {
    for bytes: [UInt8] in [
      [0xFF, 0xFE, 0x00], [UInt8](repeating: 0x5B, count: 100_000), Array("[]".utf8), Array("1".utf8),
    ] {
      folder.write("baseline.json", bytes)
      #expect(throws: ExperimentError.self) { try file.readIfPresent() }
    }
  }

  @Test("sessions that are added at the same time are all there in the end")
  func concurrent() async throws {
    let file = file
    let sessions = try (0..<12).map { try session("session \($0)") }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for session in sessions { group.addTask { try file.append(session) } }
      try await group.waitForAll()
    }
    #expect(Set(try file.read().sessions.map(\.identifier)) == Set(sessions.map(\.identifier)))
  }
}
