// SPDX-License-Identifier: MIT

import Statistics

extension HistoryJudge {
  /// The session as a baseline keeps it.
  ///
  /// - Throws: Why it must not: a baseline is only as good as its worst session.
  public func session() throws(GateSessionRefusal) -> GateSession {
    var reasons = (sessionFaults(judge.controls()) + strayFaults()).map(\.words)
    if settings.injectedSlowdown > 0 { reasons.append("the head was slowed down on purpose") }
    for cell in settings.judgedCells {
      for (metric, _) in cell.metrics.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        let figure = figures.first { $0.cellIdentifier == cell.identifier && $0.metric == metric }
        let count = figure?.differences.count ?? 0
        if count < settings.screen.minimum {
          reasons.append(
            "\(cell.title), \(metric.rawValue): \(count) rounds, and it takes \(settings.screen.minimum)")
        }
      }
    }
    let facts = evidence.facts
    if history.sessions.contains(where: { $0.identifier == facts.sessionIdentifier }) {
      reasons.append("it is there already")
    }
    guard reasons.isEmpty else { throw GateSessionRefusal(reasons: reasons) }
    return GateSession(
      identifier: facts.sessionIdentifier, began: facts.began, identity: identity, headSHA256: facts.headSHA256,
      processorModel: facts.processorModel, harnessVersion: facts.harnessVersion, harnessCommit: facts.harnessCommit,
      figures: figures)
  }

  /// What a session measured, ignored and only reported figures among it: they may count later.
  static func figures(_ settings: GateSettings, _ ledger: GateLedger) -> [GateSessionFigure] {
    settings.cells.flatMap { cell in
      cell.units.flatMap { unit in
        settings.metrics(of: unit).compactMap { metric in
          let median = SortedSample(
            ledger.rounds(of: unit, in: .screen).compactMap { $0.goodness[.base]?[metric] })?.median
          guard let median else { return nil }
          return GateSessionFigure(
            cellIdentifier: cell.identifier, title: cell.title, metric: metric,
            differences: ledger.differences(metric, of: unit, in: .screen),
            referenceMedian: metric.value(ofGoodness: median))
        }
      }
    }
  }
}
