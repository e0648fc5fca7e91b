// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Results
import TestSupport
import Testing

@Suite("A gate that is judged again")
struct StoredGateTests {
  private let folder = TemporaryFolder()

  private static let settings = """
    { "cells": [ { "identifier": "a", "title": "a", "metrics": { "throughput": { "tolerate": 0.02, "detect": 0.05 } } } ],
      "suiteMargins": {}, "reportedMetrics": [], "order": "random", "significance": 0.05, "injectedSlowdown": 0,
      "screen": { "minimum": 10, "maximum": 10, "step": 2 }, "confirm": { "minimum": 10, "maximum": 10, "step": 2 } }
    """

  /// Writes rows of a cell whose head is a hundredth faster and larger.
  private func writeRows(_ passes: [Pass] = [.time]) throws {
    let file = try SampleFile(path: folder.file("samples.csv"))
    for pass in passes {
      for round in 1...10 {
        for place in 0...1 { try file.append(sample(pass, round: round, place: place)) }
      }
    }
    try file.endRound()
  }

  private func sample(_ pass: Pass, round: Int, place: Int) -> Sample {
    let name = ["base", "head"][place]
    var metrics = MetricValues()
    metrics[pass == .time ? .throughput : .residentPeak] = .real(1e8 + 1e6 * Double(place) + Double(round * 7 % 5))
    return Sample(
      sessionIdentifier: "s", sequence: UInt64(2 * round + place), utcTime: "2026-01-02T03:04:05Z", planHash: "p",
      cell: Cell(identifier: "a", workload: "a"), pass: pass, arm: Arm(allocator: name),
      library: Library(path: "/\(name).so", sha256: name, load: .dlopen), round: UInt32(round),
      orderInRound: UInt32(place + 1), workloadSeed: 1, metrics: metrics, stage: 1)
  }

  private func report() throws -> GateReport { try StoredGate(path: folder.path).report() }

  @Test("goes by the settings beside its rows")
  func settings() throws {
    try writeRows()
    folder.write("gate.json", Array(Self.settings.utf8))
    #expect(try report().verdict == .pass)
    #expect(try report().warnings.isEmpty)
  }

  @Test("without settings goes by what gates judge unless told otherwise, of the passes that it has")
  func noSettings() throws {
    try writeRows([.time, .memory])
    let report = try report()
    #expect(report.verdict == .pass, "\(report.reasons)")
    #expect(report.judged.map(\.metric) == [.throughput, .peakRSS])
    #expect(report.warnings.contains { $0.hasPrefix("gate.json is not beside the rows") })
  }

  @Test(
    "is refused where these are none that a gate can have had",
    arguments: [
      (#""tolerate": 0.02"#, #""tolerate": 1"#), (#""tolerate": 0.02"#, #""tolerate": NaN"#),
      (#""detect": 0.05"#, #""detect": 1"#), (#""detect": 0.05"#, #""detect": 0.01"#),
      (#""significance": 0.05"#, #""significance": 1"#), (#""minimum": 10"#, #""minimum": -10"#),
      (#""step": 2"#, #""step": 0"#), (#""throughput""#, #""speed""#), (#""reportedMetrics""#, #""other""#),
    ])
  func refused(old: String, new: String) throws {
    try writeRows()
    let range = try #require(Self.settings.firstRange(of: old))
    let text = Self.settings[..<range.lowerBound] + new + Self.settings[range.upperBound...]
    folder.write("gate.json", Array(text.utf8))
    #expect(throws: ExperimentError.self) { try report() }
  }
}
