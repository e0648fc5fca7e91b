// SPDX-License-Identifier: MIT

import Results

/// The rows of a gate, taken one by one: its complete rounds, where they come from, and what is wrong with them.
public struct GateEvidence: Sendable {
  private struct RoundName: Hashable {
    var unit: GateUnit
    var stage: GateStage
    var number: UInt32
  }

  /// What the settings say of a unit, found once and not for each row.
  private struct UnitFacts {
    var roles: [GateStage: [GateRole]]
    var metrics: [GateMetric]
    var judged: Set<GateMetric>
  }

  public private(set) var ledger = GateLedger()
  public private(set) var facts = GateFacts()
  private let settings: GateSettings
  private let units: [GateUnit: UnitFacts]
  private var attempts: [RoundName: GateAttempt] = [:]
  private var origins = GateOrigins()
  private var foreignRows = RowNumbers()
  private var foreignArms: [String: RowNumbers] = [:]
  private var foreignCells: [String: RowNumbers] = [:]
  private var repeatedRows = RowNumbers()
  private var figurelessRows: [GateMetric: RowNumbers] = [:]
  private var rowCount = 0

  public init(_ settings: GateSettings) {
    self.settings = settings
    let units = settings.cells.flatMap { cell in
      cell.units.map { unit in
        let roles = GateStage.allCases.map { ($0, settings.roles(of: unit, stage: $0)) }
        let facts = UnitFacts(
          roles: Dictionary(uniqueKeysWithValues: roles), metrics: settings.metrics(of: unit),
          judged: Set(cell.metrics.keys))
        return (unit, facts)
      }
    }
    self.units = Dictionary(units, uniquingKeysWith: { first, _ in first })
  }

  /// Takes a row, failed and superseded ones included.
  ///
  /// - Parameter row: Its number in the file, the header being 1.
  public mutating func note(_ sample: Sample, row: UInt64) {
    rowCount += 1
    guard let number = sample.stage, let stage = GateStage(rawValue: number) else { return foreignRows.append(row) }
    guard let role = GateRole(rawValue: sample.arm.allocator) else {
      return foreignArms[sample.arm.allocator, default: RowNumbers()].append(row)
    }
    let unit = GateUnit(cellIdentifier: sample.cell.identifier, pass: sample.pass)
    guard let unitFacts = units[unit], let roles = unitFacts.roles[stage] else {
      return foreignCells[sample.cell.identifier, default: RowNumbers()].append(row)
    }
    origins.note(sample, role: role, row: row)
    facts.note(sample, role: role)
    let name = RoundName(unit: unit, stage: stage, number: sample.round)
    var attempt = attempts[name] ?? GateAttempt(number: sample.attempt, roles: roles)
    guard sample.attempt >= attempt.number else { return }
    guard !attempt.isComplete(settings.order) else { return repeatedRows.append(row) }
    if sample.attempt > attempt.number {
      attempt = GateAttempt(number: sample.attempt, roles: roles)
    }
    let goodness = goodness(of: sample, unitFacts, row: row)
    guard attempt.add(GateAttempt.Run(role: role, sample: sample, goodness: goodness, row: row), settings.order) else {
      return repeatedRows.append(row)
    }
    attempts[name] = attempt
    if attempt.isComplete(settings.order) {
      ledger.append(attempt.round(number: sample.round), of: unit, in: stage)
    }
  }

  /// What is wrong with the rows so far. A round of which arms are missing counts as wrong: once the rows are all.
  public func faults() -> [GateFault] {
    guard rowCount > 0 else { return [.noRows] }
    var faults: [GateFault] = []
    if foreignRows != RowNumbers() { faults.append(.foreignRows(foreignRows)) }
    faults += foreignArms.sorted { $0.key < $1.key }.map { .foreignArm(name: $0.key, rows: $0.value) }
    faults += foreignCells.sorted { $0.key < $1.key }.map { .foreignCell(identifier: $0.key, rows: $0.value) }
    if repeatedRows != RowNumbers() { faults.append(.repeatedRun(rows: repeatedRows)) }
    faults += GateMetric.allCases.compactMap { metric in
      figurelessRows[metric].map { .missingFigure(metric: metric, rows: $0) }
    }
    faults += [GateRole.base, .head].filter { !origins.has($0) }.map { .missingArm($0) }
    faults += unfinishedRounds()
    if settings.judgedCells.isEmpty { faults.append(.nothingJudged) }
    for cell in settings.cells {
      for unit in cell.units where ledger.rounds(of: unit, in: .screen).isEmpty {
        faults.append(.missingCell(title: cell.title, pass: unit.pass))
      }
      if let ignore = cell.ignore, ignore.isExpired(on: facts.began) {
        faults.append(.expiredIgnore(title: cell.title, ignore: ignore))
      }
    }
    return faults + origins.faults()
  }

  private func unfinishedRounds() -> [GateFault] {
    let unfinished = attempts.filter { !$0.value.isComplete(settings.order) }
    return unfinished.sorted { $0.value.firstRow < $1.value.firstRow }.map { name, attempt in
      let title = settings.cell(name.unit.cellIdentifier)?.title ?? name.unit.cellIdentifier
      if let failed = attempt.failedRun {
        return .failedRun(title: title, role: failed.role, outcome: failed.sample.outcome, row: failed.row)
      }
      return .incompleteRound(
        title: title, pass: name.unit.pass, round: name.number, missing: attempt.missingRoles(settings.order),
        rows: attempt.rows)
    }
  }

  private mutating func goodness(of sample: Sample, _ unit: UnitFacts, row: UInt64) -> [GateMetric: Double] {
    guard sample.outcome.status == .ok else { return [:] }
    var goodness: [GateMetric: Double] = [:]
    for metric in unit.metrics {
      let value = sample.metrics[metric.metric]?.double
      goodness[metric] = value.flatMap { metric.goodness(of: $0) }
      // What is only reported may be missing: time on the processor has a grain of its own.
      if goodness[metric] == nil, unit.judged.contains(metric) {
        figurelessRows[metric, default: RowNumbers()].append(row)
      }
    }
    return goodness
  }
}
