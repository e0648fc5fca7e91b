// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Reports
import Testing

@Suite struct GateJSONTests {
  struct Entry: Codable, Equatable {
    var name: String
    var unit: String
    var value: Double
    var range: String?
    var extra: String
  }

  @Test("what is better for being bigger and what is better for being smaller are kept apart")
  func directions() throws {
    let report = GateScene.regressed.report()
    let bigger = try JSONDecoder().decode([Entry].self, from: Data(GateBenchmarkJSON.biggerIsBetter(report)))
    let smaller = try JSONDecoder().decode([Entry].self, from: Data(GateBenchmarkJSON.smallerIsBetter(report)))
    #expect(
      bigger.map(\.name) == GateScene.unchanged.flatMap { ["\($0): throughput", "\($0): throughput per CPU"] })
    #expect(smaller.map(\.name) == GateScene.unchanged.map { "\($0): peak memory" })
    #expect(Set(smaller.map(\.unit)) == ["byte"])
    #expect(
      bigger.first
        == Entry(
          name: "larson, 4 threads: throughput", unit: "op/s", value: report.findings[0].headMedian ?? 0,
          range: "± 0.7 %", extra: "REGRESS: 6.1 % slower, head / base 0.939 (0.934 to 0.947), base 19.8 M/s"))
  }

  @Test("what was not measured is left out")
  func missing() throws {
    var report = GateScene.regressed.report()
    report.findings[0].headMedian = nil
    let entries = try JSONDecoder().decode([Entry].self, from: Data(GateBenchmarkJSON.biggerIsBetter(report)))
    #expect(entries.first?.name == "larson, 4 threads: throughput per CPU")
    report.findings = []
    #expect(try JSONDecoder().decode([Entry].self, from: Data(GateBenchmarkJSON.smallerIsBetter(report))).isEmpty)
  }

  @Test(
    "verdict.json is read back as it was",
    arguments: [GateScene.improved, .regressed, .inconclusive, .moved, .crashed, .ignored, .hostile].map { $0.report() }
  )
  func verdict(report: GateReport) throws {
    let verdict = GateVerdictJSON(report, exitCode: report.exitCode)
    let bytes = try verdict.bytes()
    #expect(try JSONDecoder().decode(GateVerdictJSON.self, from: Data(bytes)) == verdict)
    // Who wants the report alone finds it there.
    #expect(try JSONDecoder().decode(GateReport.self, from: Data(bytes)) == report)
    #expect(try GateVerdictJSON(report, exitCode: report.exitCode).bytes() == bytes)
  }

  @Test("scripts find exit code, summary and verdict at the top level, and paths as they are")
  func topLevel() throws {
    let text = String(
      decoding: try GateVerdictJSON(GateScene.inconclusive.report(), exitCode: 0).bytes(), as: UTF8.self)
    #expect(text.contains("\n  \"exitCode\" : 0,\n"))
    #expect(
      text.contains(
        "\n  \"summary\" : \"acebench-gate verdict=INCONCLUSIVE exit=0 cells=4 regress=0 inconclusive=1\",\n"))
    #expect(text.hasSuffix("\n  \"verdict\" : \"INCONCLUSIVE\",\n  \"warnings\" : [\n\n  ]\n}\n"))
    #expect(text.contains("\"build/head/libace.so\""))
  }

  @Test("a number that is not finite does not get in", arguments: [Double.nan, .infinity, -.infinity])
  func finite(number: Double) {
    var report = GateScene.regressed.report()
    report.findings[0].ratio = number
    #expect(throws: EncodingError.self) { try GateVerdictJSON(report, exitCode: 10).bytes() }
    report.findings[0].headMedian = number
    #expect(throws: EncodingError.self) { try GateBenchmarkJSON.biggerIsBetter(report) }
  }
}
