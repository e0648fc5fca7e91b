// SPDX-License-Identifier: MIT

import Comparison
import Foundation
import Results
import Statistics
import TestSupport
import Testing

/// What settings are worth, of rows whose truth is known.
@Suite struct AblationAnalysisTests {
  private static let mebibyte = 1_048_576.0

  /// Rounds in which the base is so many times as fast as it is without each policy.
  private static func speeds(
    _ worths: [String: Double], rounds: ClosedRange<UInt32> = 1...12, workload: String = "larson",
    into samples: inout AblationSamples
  ) {
    for round in rounds {
      let level = 1e7 * AblationSamples.level(round)
      samples.add(AblationSamples.base, [.throughput: level], round: round, workload: workload)
      for (index, (name, worth)) in worths.sorted(by: { $0.key < $1.key }).enumerated() {
        // No two arms scatter alike.
        let noise = 1 + 0.002 * sin(Double(round) * 2.1 + Double(index))
        samples.add(
          AblationSamples.arm(without: name), [.throughput: level / worth * noise], round: round, workload: workload)
      }
    }
  }

  @Test("a policy is worth what is lost without it")
  func worth() throws {
    var samples = AblationSamples()
    Self.speeds(["tiering": 1.08, "warm-pool": 0.95, "idle-trim": 1.0], into: &samples)
    let names = ["tiering", "warm-pool", "idle-trim"]
    let report = samples.report(names.map(AblationSamples.contrast))
    #expect(report.faults.isEmpty)
    #expect(report.findings.map(\.subject) == names.map { .effect(AblationSamples.contrast($0)) })
    #expect(report.findings.map(\.figure.verdict) == [.better, .worse, .same])
    for (finding, worth) in zip(report.findings, [1.08, 0.95, 1.0]) {
      let interval = try #require(finding.figure.interval)
      #expect(interval.contains(worth), "\(finding)")
      #expect(abs(finding.figure.ratio - worth) < 0.003)
      #expect(finding.figure.roundCount == 12)
    }
    let still = try #require(report.findings[2].largestPossibleDifference)
    #expect(still > 0 && still < 0.004)
  }

  @Test("what moves comes first, the largest first whichever way; the rest as it was asked for")
  func order() {
    var samples = AblationSamples()
    let worths = ["a": 1.0, "b": 1.02, "c": 0.8, "d": 1.1, "e": 1.0]
    Self.speeds(worths, workload: "second", into: &samples)
    Self.speeds(["a": 1.3, "b": 1.0, "c": 1.0, "d": 1.0, "e": 1.0], workload: "first", into: &samples)
    let report = samples.report(["e", "d", "c", "b", "a"].map(AblationSamples.contrast))
    let names = report.findings.map { finding -> String in
      guard case .effect(let contrast) = finding.subject else { return "" }
      return finding.cell.workload + " " + contrast.name
    }
    let expected = ["first a", "first e", "first d", "first c", "first b"]
    #expect(names == expected + ["second c", "second d", "second b", "second e", "second a"])
    #expect(report.cells.map(\.workload) == ["first", "second"])
    // By the most that each moves anywhere; the one that moves nothing comes last.
    #expect(report.subjects == ["a", "c", "d", "b", "e"].map { .effect(AblationSamples.contrast($0)) })
  }

  @Test("all metrics of all workloads are one family")
  func family() throws {
    var samples = AblationSamples()
    var random = SeededRandom(seed: 4)
    for workload in ["a", "b"] {
      for round in 1...9 as ClosedRange<UInt32> {
        for arm in [AblationSamples.base, AblationSamples.arm(without: "x"), AblationSamples.arm(without: "y")] {
          let speed = 1e7 * Double.random(in: 0.9...1.1, using: &random) * (arm == AblationSamples.base ? 1.1 : 1)
          samples.add(arm, [.throughput: speed, .throughputPerCPU: speed * 0.9], round: round, workload: workload)
          let peak = Self.mebibyte * Double.random(in: 20...22, using: &random)
          samples.add(arm, [.residentPeak: peak], round: round, workload: workload, pass: .memory)
        }
      }
    }
    let report = samples.report(["x", "y"].map(AblationSamples.contrast))
    #expect(report.findings.count == 2 * 2 * 3)
    #expect(report.metrics == [.throughput, .throughputPerCPU, .residentPeak])
    let probabilities = try report.findings.map { try #require($0.figure.probability) }
    #expect(report.findings.map(\.figure.adjustedProbability) == benjaminiHochbergAdjusted(probabilities))
    for finding in report.findings where finding.isMoved {
      #expect((finding.figure.adjustedProbability ?? 1) <= 0.05)
      #expect(finding.figure.interval?.contains(1) == false)
    }
  }

  @Test("of less memory more is worth; a MiB is added to sizes, so that nothing kept is no division by zero")
  func memory() throws {
    var samples = AblationSamples()
    for round in 1...8 as ClosedRange<UInt32> {
      let drained = [AblationSamples.base: 0, AblationSamples.arm(without: "idle-trim"): 3 * Self.mebibyte]
      for (arm, kept) in drained {
        samples.add(
          arm, [.residentPeak: 15 * Self.mebibyte, .residentDrained1Second: kept, .memoryEfficiencyArea: 1.5],
          round: round, pass: .memory)
      }
    }
    let report = samples.report([AblationSamples.contrast("idle-trim")])
    #expect(report.findings.map(\.metric) == [.residentDrained1Second, .residentPeak, .memoryEfficiencyArea])
    let kept = report.findings[0].figure
    #expect(kept.verdict == .better && abs(kept.ratio - 0.25) < 1e-9)
    #expect(kept.interval.map { $0.upperBound - $0.lowerBound < 1e-9 } == true, "sizes that repeat have no width")
    #expect(kept.probability == 2.0 / 256)
    for finding in report.findings.dropFirst() {
      #expect(finding.figure.verdict == .same && finding.figure.ratio == 1)
      #expect(finding.figure.probability == 1 && finding.largestPossibleDifference == 0)
    }
  }

  @Test("a difference within the margin is none, however often it repeats")
  func margin() {
    var samples = AblationSamples()
    for round in 1...10 as ClosedRange<UInt32> {
      samples.add(AblationSamples.base, [.memoryEfficiencyArea: 2.0], round: round, pass: .memory)
      samples.add(AblationSamples.arm(without: "x"), [.memoryEfficiencyArea: 2.01], round: round, pass: .memory)
    }
    let contrasts = [AblationSamples.contrast("x")]
    #expect(samples.report(contrasts, margin: 0.01).findings.map(\.figure.verdict) == [.same])
    #expect(samples.report(contrasts, margin: 0.001).findings.map(\.figure.verdict) == [.better])
  }

  @Test("a setting is judged by the rounds that it and the base have, and others' gaps do not matter")
  func missingRounds() throws {
    var samples = AblationSamples()
    for round in 1...12 as ClosedRange<UInt32> {
      if round != 3 { samples.add(AblationSamples.base, [.throughput: 2e6], round: round) }
      if round > 4 { samples.add(AblationSamples.arm(without: "x"), [.throughput: 1e6], round: round) }
      samples.add(AblationSamples.arm(without: "y"), [.throughput: 1e6], round: round)
    }
    samples.add(AblationSamples.arm(without: "z"), [.throughput: 1e6], round: 3)
    let report = samples.report(["x", "y", "z"].map(AblationSamples.contrast))
    #expect(report.findings.map(\.figure.roundCount) == [8, 11])
    #expect(report.findings.allSatisfy { $0.figure.verdict == .better })
    #expect(report.unpairedRoundCount > 0)
  }

  @Test("with too few rounds nothing is claimed")
  func fewRounds() {
    var samples = AblationSamples()
    Self.speeds(["x": 2], rounds: 1...5, into: &samples)
    let finding = samples.report([AblationSamples.contrast("x")]).findings.first
    #expect(finding?.figure.verdict == .unclear && finding?.isMoved == false)
    #expect(finding?.largestPossibleDifference == nil && finding?.figure.probability == nil)
  }

  @Test("what failed is counted, unless a later attempt at the round did better")
  func failures() {
    var samples = AblationSamples()
    Self.speeds(["x": 1.5], into: &samples)
    let broken = AblationSamples.arm(without: "y")
    for round in 1...12 as ClosedRange<UInt32> {
      samples.addFailure(broken, round < 12 ? Outcome(.timeout) : Outcome(.crash, signal: 11), round: round)
    }
    samples.addFailure(AblationSamples.base, Outcome(.timeout), round: 40, pass: .memory)
    samples.addFailure(AblationSamples.base, .ok, round: 40, pass: .memory, attempt: 2)
    let report = samples.report(["x", "y"].map(AblationSamples.contrast))
    #expect(report.findings.map(\.subject) == [.effect(AblationSamples.contrast("x"))])
    let failures = samples.rows.failures
    #expect(failures.count == 1)
    #expect(failures.first?.arm == broken && failures.first?.pass == .time && failures.first?.roundCount == 12)
    #expect(failures.first?.outcome == Outcome(.crash, signal: 11), "the last of them")
  }

  @Test("rows of two machines, and rows without a pair, are refused")
  func faults() {
    var samples = AblationSamples()
    for round in 1...8 as ClosedRange<UInt32> {
      let environment = round < 5 ? "one" : "other"
      for arm in [AblationSamples.base, AblationSamples.arm(without: "x")] {
        samples.add(arm, [.throughput: 1e6], round: round, environment: environment)
      }
    }
    let report = samples.report([AblationSamples.contrast("x")])
    #expect(report.findings.isEmpty)
    guard case .mixedEnvironments(.base, let groups)? = report.faults.first else {
      Issue.record("\(report.faults)")
      return
    }
    #expect(groups.map(\.name) == ["one", "other"])
    #expect(samples.report([AblationSamples.contrast("y")]).faults == [.noValue])
    #expect(!AblationSamples().report([AblationSamples.contrast("x")]).faults.isEmpty)
  }

  @Test("of ablations that change nothing at most one in twenty says that something moved")
  func falseDiscoveries() {
    var random = SeededRandom(seed: 8)
    var count = 0
    let names = ["a", "b", "c", "d", "e", "f"]
    for _ in 0..<200 {
      var samples = AblationSamples()
      for round in 1...12 as ClosedRange<UInt32> {
        for arm in [AblationSamples.base] + names.map(AblationSamples.arm) {
          samples.add(arm, [.throughput: 1e6 * .random(in: 0.9...1.1, using: &random)], round: round)
        }
      }
      if samples.report(names.map(AblationSamples.contrast)).findings.contains(where: \.isMoved) { count += 1 }
    }
    // The 99.9 % quantile of 200 trials with a probability of 0.05; all settings share the base's noise.
    #expect(count <= 21, "\(count) of 200")
  }
}
