// SPDX-License-Identifier: MIT

import Results
import Statistics

/// Finds what each setting is worth, round by round.
public struct AblationAnalysis: Sendable {
  private let rows: ComparedRows
  private let contrasts: [AblationContrast]
  private let factorial: AblationFactorial?
  private let rule: EffectRule

  /// - Parameters:
  ///   - contrasts: What is held against what, where one setting at a time is changed.
  ///   - factorial: The combinations, where several are; `contrasts` is then not read.
  public init(
    _ rows: AblationRows, contrasts: [AblationContrast], factorial: AblationFactorial? = nil, rule: EffectRule
  ) {
    self.rows = rows.rows
    self.contrasts = contrasts
    self.factorial = factorial
    self.rule = rule
  }

  /// All that can be said.
  public func report() -> AblationReport {
    var report = AblationReport(rule: rule)
    let pairs = factorial.map { all in all.arms.dropFirst().map { ComparedArms(base: all.arms[0], candidate: $0) } }
    let effects = EffectAnalysis(base: rows, arms: pairs ?? contrasts.map(\.arms), rule: rule).report()
    report.faults = effects.faults
    report.unpairedRoundCount = effects.unpairedRoundCount
    guard effects.isValid else { return report }
    let findings = factorial.map(findings) ?? findings(effects)
    guard !findings.isEmpty else {
      report.faults.append(.noCommonRound(differentSeedCount: 0))
      return report
    }
    report.findings = sorted(judged(findings))
    return report
  }

  private func findings(_ effects: EffectReport) -> [AblationFinding] {
    let subjects = Dictionary(contrasts.map { ($0.arms, $0) }, uniquingKeysWith: { first, _ in first })
    return effects.findings.compactMap { figure in
      guard let cell = figure.cell, let contrast = subjects[figure.arms] else { return nil }
      return AblationFinding(subject: .effect(contrast), cell: cell, figure: figure)
    }
  }

  /// The effects and interactions of a factorial, by the rounds that all combinations have.
  private func findings(_ factorial: AblationFactorial) -> [AblationFinding] {
    rows.cells.flatMap { cell in
      rows.metrics.flatMap { metric -> [AblationFinding] in
        let rounds = rows.goodness(metric, cell, factorial.arms)
        return factorial.subjects.compactMap { subject in
          let differences = rounds.map { factorial.difference(subject, $0) }
          guard let effect = PairedEffect(differences: differences) else { return nil }
          // A mean over several pairs of arms is of no two of them; the first stands for all.
          let arms = factorial.factors[0].arms
          return AblationFinding(subject: subject, cell: cell, figure: EffectFinding(metric, arms, cell, effect))
        }
      }
    }
  }

  /// All findings are one family: whoever looks through the tables looks for anything that moves.
  private func judged(_ findings: [AblationFinding]) -> [AblationFinding] {
    var findings = findings
    let tested = findings.indices.filter { findings[$0].figure.probability != nil }
    let adjusted = benjaminiHochbergAdjusted(tested.map { findings[$0].figure.probability ?? 1 })
    for index in findings.indices { findings[index].figure.adjustedProbability = nil }
    for (index, probability) in zip(tested, adjusted) { findings[index].figure.adjustedProbability = probability }
    for (index, finding) in findings.enumerated() {
      findings[index].figure.verdict = rule.verdict(
        finding.figure.effect, adjustedProbability: finding.figure.adjustedProbability ?? 1)
      // They are of a family of one metric; nobody is told them.
      findings[index].figure.roundsNeeded = nil
    }
    return findings
  }

  private func sorted(_ findings: [AblationFinding]) -> [AblationFinding] {
    let asked: [AblationSubject] = factorial?.subjects ?? contrasts.map(AblationSubject.effect)
    let places = Dictionary(asked.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return findings.enumerated().sorted { first, second in
      let (one, other) = (first.element, second.element)
      if one.cell != other.cell { return Cell.inSummaries(one.cell, other.cell) }
      if one.isMoved != other.isMoved { return one.isMoved }
      if one.isMoved, one.size != other.size { return one.size > other.size }
      let (place, otherPlace) = (places[one.subject] ?? 0, places[other.subject] ?? 0)
      return place == otherPlace ? first.offset < second.offset : place < otherPlace
    }.map(\.element)
  }
}
