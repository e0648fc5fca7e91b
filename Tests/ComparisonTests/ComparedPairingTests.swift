// SPDX-License-Identifier: MIT

import Comparison
import Results
import Testing

/// Which rounds belong together, and what keeps rows from being compared.
@Suite struct ComparedPairingTests {
  static let both = [ComparedArms(base: Arm(allocator: "ace"), candidate: Arm(allocator: "ace"))]

  static func source(
    _ ratio: Double = 1, rounds: ClosedRange<UInt32> = 1...8, environment: String = "machine", seed: UInt64 = 0,
    workload: String = "larson", trace: String = ""
  ) -> ComparedSamples {
    var samples = ComparedSamples(environment: environment)
    for round in rounds {
      samples.add(
        "ace", [.throughput: ratio * Double(round)], workload: workload, round: round, seed: seed + UInt64(round),
        trace: trace)
    }
    return samples
  }

  func report(_ base: ComparedSamples, _ candidate: ComparedSamples, _ arms: [ComparedArms] = both) -> EffectReport {
    EffectAnalysis(base: base.rows, candidate: candidate.rows, arms: arms).report()
  }

  @Test("rounds of two sources are paired by number, whatever their order, and the rest is counted")
  func byNumber() throws {
    var candidate = ComparedSamples()
    for round in (3...11 as ClosedRange<UInt32>).reversed() {
      candidate.add("ace", [.throughput: 2 * Double(round)], round: round)
    }
    let report = report(Self.source(), candidate)
    #expect(report.isValid && !report.isWithinRounds)
    let finding = try #require(report.findings.first)
    #expect(finding.roundCount == 6)
    let interval = try #require(finding.interval)
    for value in [finding.ratio, interval.lowerBound, interval.upperBound] { #expect(abs(value - 2) < 1e-12) }
    #expect(report.unpairedRoundCount == 5)
    #expect(report.differentSeedCount == 0)
  }

  @Test("rounds of other seeds ran other operations; a trace has the same whatever the seed")
  func seeds() {
    let generated = report(Self.source(), Self.source(seed: 100))
    #expect(generated.faults == [.noCommonRound(differentSeedCount: 8)])
    #expect(generated.findings.isEmpty)
    let replayed = report(Self.source(trace: "abc"), Self.source(seed: 100, trace: "abc"))
    #expect(replayed.isValid && replayed.findings.first?.roundCount == 8)
    let otherTrace = report(Self.source(trace: "abc"), Self.source(trace: "abd"))
    #expect(otherTrace.faults == [.noCommonCell(baseCellCount: 1, candidateCellCount: 1)])
  }

  @Test("seeds that differ in some rounds leave out these")
  func someSeeds() {
    var candidate = Self.source(2)
    candidate.add("ace", [.throughput: 1], round: 9, seed: 99)
    let report = report(Self.source(rounds: 1...9), candidate)
    #expect(report.differentSeedCount == 1 && report.unpairedRoundCount == 0)
    #expect(report.findings.first?.roundCount == 8)
  }

  @Test("other workloads have nothing in common, and those not asked for take no part")
  func workloads() {
    let report = report(Self.source(), Self.source(workload: "fleet"))
    #expect(report.faults == [.noCommonCell(baseCellCount: 1, candidateCellCount: 1)])
    var samples = ComparedSamples()
    samples.addRounds([1, 1, 1], workload: "a")
    samples.addRounds([2, 2, 2], workload: "b")
    let chosen = EffectAnalysis(base: samples.rows, arms: [ComparedSamples.arms], workloads: ["b"]).report()
    #expect(chosen.findings.map(\.cell?.workload) == ["b"])
  }

  @Test("a value that is not above zero has no ratio: the pair is left out and counted; one that is missing is neither")
  func unusable() {
    var samples = ComparedSamples(metrics: [.residentEnd, .fragmentation])
    for round in 1...8 as ClosedRange<UInt32> {
      let value = round == 3 ? 0 : round == 5 ? -1 : Double(round)
      samples.add("base", [.residentEnd: value, .fragmentation: 1], round: round, pass: .memory)
      samples.add(
        "candidate", round < 3 ? [.residentEnd: 2] : [.residentEnd: 2, .fragmentation: 1], round: round, pass: .memory)
    }
    let report = samples.report()
    #expect(report.findings.map(\.roundCount) == [6, 6])
    #expect(report.unusablePairCounts == [.residentEnd: 2])
  }

  @Test("no usable value on both sides is no comparison")
  func nothingUsable() {
    var samples = ComparedSamples()
    for round in 1...8 as ClosedRange<UInt32> {
      samples.add("base", [.throughput: 0], round: round)
      samples.add("candidate", [.throughput: 1], round: round)
    }
    #expect(samples.report().faults == [.noValue])
    // Nobody ran the memory pass.
    var other = ComparedSamples(metrics: [.residentPeak])
    other.addRounds([1, 2], workload: "larson")
    #expect(other.report().faults == [.noValue])
  }

  @Test("two machines are shown and invalid; two in one source are a mixture that is not shown")
  func environments() throws {
    let apart = report(Self.source(), Self.source(environment: "other"))
    #expect(apart.faults == [.differentEnvironments(base: "machine", candidate: "other")])
    #expect(apart.findings.map(\.verdict) == [.invalid])
    #expect(apart.findings.first?.roundCount == 8)

    var mixed = Self.source(rounds: 1...4)
    mixed.environment = "other"
    for round in 5...8 as ClosedRange<UInt32> { mixed.add("ace", [.throughput: 1], round: round) }
    let report = report(Self.source(), mixed)
    #expect(report.findings.isEmpty)
    guard case .mixedEnvironments(.candidate, let groups) = try #require(report.faults.first) else {
      Issue.record("\(report.faults)")
      return
    }
    #expect(groups.map(\.name) == ["machine", "other"])
    #expect(groups.map(\.rows.description) == ["rows 2 to 5", "rows 6 to 9"])
    #expect(
      report.faults.first?.words(base: "a.csv", candidate: "b.csv")
        == "the machine changed between rows of b.csv: environment machine in rows 2 to 5; environment other in rows 6 to 9"
    )
  }

  @Test("plans in one source are a mixture, unless only one of them takes part")
  func plans() throws {
    var samples = ComparedSamples.rounds([1, 2, 3])
    samples.plan = "another"
    samples.add("bystander", [.throughput: 1], round: 1)
    #expect(samples.report().isValid)
    samples.add("base", [.throughput: 1], round: 4)
    #expect(samples.report().isValid)
    samples.add("candidate", [.throughput: 1], round: 4)
    guard case .mixedPlans(.base, let groups) = try #require(samples.report().faults.first) else {
      Issue.record("\(samples.report().faults)")
      return
    }
    #expect(groups.map(\.rows.description) == ["rows 2 to 7", "rows 9, 10"])
  }

  @Test("arms are named with their switches in any order, or by their allocator where one arm has it")
  func armNames() {
    let arms = [
      Arm(allocator: "ace"), Arm(allocator: "ace", switches: "front=off;refill-one=on"),
      Arm(allocator: "table", switches: "front=off"), Arm(allocator: "many", switches: "a=1"),
      Arm(allocator: "many", switches: "a=2"),
    ]
    for arm in arms { #expect(ComparedArmName.find(ComparedArmName.text(arm), among: arms) == arm) }
    #expect(ComparedArmName.text(arms[1]) == "ace[front=off;refill-one=on]")
    for text in ["ace[refill-one=on;front=off]", "ace [front=off, refill-one=on]"] {
      #expect(ComparedArmName.find(text, among: arms) == arms[1])
    }
    #expect(ComparedArmName.find("table", among: arms) == arms[2])
    for text in ["many", "ace[front=off]", "ace[front=off;refill-one=on", "", "[]", "acee", "table[]"] {
      #expect(ComparedArmName.find(text, among: arms) == nil, "\(text)")
    }
  }
}
