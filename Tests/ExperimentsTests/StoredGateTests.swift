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

  /// Writes rows of a cell whose head is a hundredth faster.
  private func writeRows() throws {
    let file = try SampleFile(path: folder.file("samples.csv"))
    for round in 1...10 {
      for (place, name) in ["base", "head"].enumerated() {
        var metrics = MetricValues()
        metrics[.throughput] = .real(1e6 + 1e4 * Double(place) + Double(round * 7 % 5))
        try file.append(
          Sample(
            sessionIdentifier: "s", sequence: UInt64(2 * round + place), utcTime: "2026-01-02T03:04:05Z", planHash: "p",
            cell: Cell(identifier: "a", workload: "a"), pass: .time, arm: Arm(allocator: name),
            library: Library(path: "/\(name).so", sha256: name, load: .dlopen), round: UInt32(round),
            orderInRound: UInt32(place + 1), workloadSeed: 1, metrics: metrics, stage: 1))
      }
    }
    try file.endRound()
  }

  private func report() throws -> GateReport { try StoredGate(path: folder.path).report() }

  @Test("goes by the settings beside its rows")
  func settings() throws {
    try writeRows()
    folder.write("gate.json", Array(Self.settings.utf8))
    #expect(try report().verdict == .pass)
    #expect(try report().warnings.isEmpty)
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
