// SPDX-License-Identifier: MIT

import Glibc
import Results
import Statistics

/// Compares arms of two sources, or of one, round by round.
public struct EffectAnalysis: Sendable {
  private let base: ComparedRows
  private let candidate: ComparedRows
  private let arms: [ComparedArms]
  private let rule: EffectRule
  private let isWithinRounds: Bool
  private let cells: [Cell]

  /// - Parameters:
  ///   - candidate: Of the same metrics as `base`; nil where both arms are the base's.
  ///   - workloads: The names of those that take part; empty for all.
  public init(
    base: ComparedRows, candidate: ComparedRows? = nil, arms: [ComparedArms], rule: EffectRule = EffectRule(),
    workloads: Set<String> = []
  ) {
    self.base = base
    self.candidate = candidate ?? base
    self.arms = arms
    self.rule = rule
    isWithinRounds = candidate == nil
    let others = Set(self.candidate.cells)
    cells = base.cells.filter { others.contains($0) && (workloads.isEmpty || workloads.contains($0.workload)) }
      .sorted(by: Cell.inSummaries)
  }

  /// All that can be said.
  public func report() -> EffectReport {
    var report = EffectReport(isWithinRounds: isWithinRounds)
    guard !cells.isEmpty else {
      report.faults = [.noCommonCell(baseCellCount: base.cells.count, candidateCellCount: candidate.cells.count)]
      return report
    }
    var evidence = EffectEvidence(base, candidate)
    for pass in Pass.allCases {
      let metrics = base.metrics.filter { $0.comparedPass == pass }
      if metrics.isEmpty { continue }
      for cell in cells {
        for arms in arms { evidence.note(pairs(cell, arms, pass, &report), cell, arms) }
      }
    }
    report.faults = evidence.faults(isWithinRounds: isWithinRounds, differentSeedCount: report.differentSeedCount)
    guard report.faults.allSatisfy(\.leavesFigures) else { return report }
    for metric in base.metrics { judge(metric, evidence, &report) }
    if report.findings.isEmpty { report.faults.append(.noValue) }
    return report
  }

  /// The rounds that both sides have, as indices into both series.
  private func pairs(
    _ cell: Cell, _ arms: ComparedArms, _ pass: Pass, _ report: inout EffectReport
  ) -> EffectEvidence.Pairing? {
    guard let bases = base.series(cell, arms.base, pass), let candidates = candidate.series(cell, arms.candidate, pass)
    else { return nil }
    var candidateIndices: [UInt32: Int] = [:]
    for (index, round) in candidates.rounds.enumerated() { candidateIndices[round.number] = index }
    var pairs: [(number: UInt32, base: Int, candidate: Int)] = []
    var commonCount = 0
    for (index, round) in bases.rounds.enumerated() {
      guard let other = candidateIndices[round.number] else { continue }
      commonCount += 1
      // A trace is the same whatever the seed is, and cells name the trace.
      if cell.traceSHA256.isEmpty, candidates.rounds[other].workloadSeed != round.workloadSeed {
        report.differentSeedCount += 1
      } else {
        pairs.append((round.number, index, other))
      }
    }
    report.unpairedRoundCount += bases.rounds.count + candidates.rounds.count - 2 * commonCount
    return EffectEvidence.Pairing(
      pass: pass, bases: bases, candidates: candidates, pairs: pairs.sorted { $0.number < $1.number })
  }

  /// Finds what there is to say of a metric: cells and their means are a family each.
  private func judge(_ metric: Metric, _ evidence: EffectEvidence, _ report: inout EffectReport) {
    guard let column = base.column(of: metric) else { return }
    var findings: [EffectFinding] = []
    var means: [EffectFinding] = []
    for arms in arms {
      var roundsOfCells: [[UInt32: Double]] = []
      for entry in evidence.entries where entry.arms == arms && entry.pairing.pass == metric.comparedPass {
        let differences = differences(metric, column, entry.pairing, &report)
        guard let effect = PairedEffect(differences: differences.map(\.goodness)) else { continue }
        var finding = EffectFinding(metric, arms, entry.cell, effect)
        finding.baseMedian = SortedSample(differences.map(\.base))?.median
        finding.candidateMedian = SortedSample(differences.map(\.candidate))?.median
        findings.append(finding)
        roundsOfCells.append(Dictionary(differences.map { ($0.round, $0.goodness) }, uniquingKeysWith: { $1 }))
      }
      if let mean = mean(metric, arms, roundsOfCells) { means.append(mean) }
    }
    report.findings += judged(findings.sorted(by: Self.inTables), isValid: report.faults.isEmpty)
    report.means += judged(means, isValid: report.faults.isEmpty)
  }

  private struct Difference {
    var round: UInt32
    var base: Double
    var candidate: Double
    var goodness: Double
  }

  private func differences(
    _ metric: Metric, _ column: Int, _ pairing: EffectEvidence.Pairing, _ report: inout EffectReport
  ) -> [Difference] {
    pairing.pairs.compactMap { pair in
      let base = pairing.bases.value(column, in: pair.base)
      let candidate = pairing.candidates.value(column, in: pair.candidate)
      if base.isNaN || candidate.isNaN { return nil }
      guard base > 0, candidate > 0 else {
        report.unusablePairCounts[metric, default: 0] += 1
        return nil
      }
      let goodness = metric.goodness(of: log(candidate) - log(base))
      return Difference(round: pair.number, base: base, candidate: candidate, goodness: goodness)
    }
  }

  /// The mean over cells round by round, of the rounds that all cells have.
  private func mean(_ metric: Metric, _ arms: ComparedArms, _ roundsOfCells: [[UInt32: Double]]) -> EffectFinding? {
    guard roundsOfCells.count > 1, let first = roundsOfCells.first else { return nil }
    let means = first.keys.sorted().compactMap { round -> Double? in
      let values = roundsOfCells.compactMap { $0[round] }
      return values.count == roundsOfCells.count ? values.reduce(0, +) / Double(values.count) : nil
    }
    return PairedEffect(differences: means).map {
      EffectFinding(metric, arms, nil, cellCount: roundsOfCells.count, $0)
    }
  }

  /// The findings of a family with their adjusted probabilities and verdicts.
  private func judged(_ findings: [EffectFinding], isValid: Bool) -> [EffectFinding] {
    // What has no interval is no hypothesis that could be rejected.
    let tested = findings.indices.filter { findings[$0].probability != nil }
    let adjusted = benjaminiHochbergAdjusted(tested.map { findings[$0].probability ?? 1 })
    var findings = findings
    for (index, probability) in zip(tested, adjusted) { findings[index].adjustedProbability = probability }
    guard isValid else {
      for index in findings.indices { findings[index].verdict = .invalid }
      return findings
    }
    for (index, finding) in findings.enumerated() {
      findings[index].verdict = rule.verdict(finding.effect, adjustedProbability: finding.adjustedProbability ?? 1)
    }
    // The next to be called different has the level to itself that the ones before it and it share.
    let clearCount = findings.count { $0.verdict == .better || $0.verdict == .worse }
    let share = Double(min(clearCount + 1, findings.count)) / Double(max(findings.count, 1))
    for (index, finding) in findings.enumerated() where finding.verdict == .unclear {
      findings[index].roundsNeeded = rule.roundsNeeded(finding.effect, share: share)
    }
    return findings
  }

  private static func inTables(_ first: EffectFinding, _ second: EffectFinding) -> Bool {
    guard let firstCell = first.cell, let secondCell = second.cell else { return first.cell != nil }
    if firstCell != secondCell { return Cell.inSummaries(firstCell, secondCell) }
    let (one, other) = (first.arms.candidate, second.arms.candidate)
    return (one.allocator, one.switches) < (other.allocator, other.switches)
  }
}
