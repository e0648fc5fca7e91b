// SPDX-License-Identifier: MIT

import Results
import Statistics

extension GateJudge {
  /// How the control arms came out; none without controls.
  func controls() -> [ControlFinding] {
    guard let identifier = settings.controlCellIdentifier, let (metric, margins) = settings.control else { return [] }
    let unit = GateUnit(cellIdentifier: identifier, pass: .time)
    return GateRole.allCases.filter(\.isControl).map { role in
      control(role, evidence.ledger.differences(metric, of: unit, in: .screen, role: role), metric, margins)
    }
  }

  private func control(
    _ role: GateRole, _ differences: [Double], _ metric: GateMetric, _ margins: Margins
  ) -> ControlFinding {
    let effect = PairedEffect(differences: differences)
    let probability = effect?.lossProbability(margins)
    let hasHeld =
      switch role {
      case .baseSlowed: !GateRule.passesScreen(differences, margins, settings.screen)
      // Faster is as wrong as slower: what makes the one makes the other.
      default: min(probability ?? 1, effect?.gainProbability(margins) ?? 1) > Self.controlSignificance
      }
    return ControlFinding(
      role: role, hasHeld: hasHeld, roundCount: differences.count,
      ratio: effect.map { metric.ratio(of: $0.estimate) },
      lowRatio: effect?.interval.map { metric.ratio(of: $0.lowerBound) },
      highRatio: effect?.interval.map { metric.ratio(of: $0.upperBound) }, probability: probability)
  }

  /// What the place in a round did to the speed of each cell; nothing where both places were taken by all.
  func slotEffects() -> [SlotEffect] {
    guard settings.order == .random else { return [] }
    return settings.cells.compactMap { cell in
      let unit = GateUnit(cellIdentifier: cell.identifier, pass: .time)
      let ledger = evidence.ledger
      guard let found = PairedEffect(differences: ledger.differences(.throughput, of: unit, in: .screen)),
        let effect = PairedEffect(
          differences: ledger.slotDifferences(.throughput, of: unit, in: .screen, without: found.estimate)),
        let scatter = effect.standardDeviation
      else { return nil }
      // In a few rounds it can look like anything.
      let isSure = effect.roundCount >= settings.screen.minimum && effect.interval?.contains(0) == false
      return SlotEffect(
        cellIdentifier: cell.identifier, title: cell.title,
        effect: GateMetric.throughput.ratio(of: effect.estimate) - 1,
        isLarge: isSure && abs(effect.estimate) > scatter)
    }
  }

  /// What a reader should know before believing a verdict.
  func warnings(_ report: GateReport) -> [String] {
    var warnings = report.slotEffects.filter(\.isLarge).map { effect in
      "on \(effect.title) the place in the round matters more than the change; --order mirrored cancels it"
    }
    if settings.injectedSlowdown > 0 {
      warnings.append("the head was slowed down on purpose, by \(settings.injectedSlowdown) of its time")
    }
    for finding in report.findings where finding.metric == .throughput && finding.verdict == .inconclusive {
      let cpu = report.findings.first {
        $0.cellIdentifier == finding.cellIdentifier && $0.metric == .cpuThroughput && $0.verdict == .reported
      }
      guard let cpu, let low = cpu.lowRatio, let high = cpu.highRatio, let wallLow = finding.lowRatio,
        let wallHigh = finding.highRatio, high / low < wallHigh / wallLow
      else { continue }
      warnings.append(
        "\(finding.title): operations by time on the processor scatter less than by the clock; "
          + "--metric cpu-throughput may decide")
    }
    return warnings
  }
}
