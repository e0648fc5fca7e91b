// SPDX-License-Identifier: MIT

import Comparison
import Results

extension GateDescription {
  /// The experiment that its cells are planned with: each with its own thread count.
  func experiment(seed: UInt64) -> ExperimentDescription {
    var experiment = ExperimentDescription()
    experiment.name = name
    experiment.workloads = cells.map(\.workload)
    experiment.threads = [threads] + cells.compactMap(\.threads)
    experiment.touch = touch
    experiment.load = load
    experiment.repeats = repeats
    experiment.warmups = warmups
    experiment.drainMilliseconds = []
    experiment.seed = seed
    experiment.timeLimitSeconds = timeLimitSeconds
    experiment.processTimeLimitSeconds = processTimeLimitSeconds
    experiment.processors = processors
    return experiment
  }

  /// What the gate goes by, for cells as they were planned.
  ///
  /// - Parameters:
  ///   - planned: One for each cell, in their order.
  ///   - today: `YYYY-MM-DD…` in UTC.
  func settings(
    planned: [PlannedCell], injectedSlowdown: Double, today: String
  ) throws(ExperimentError) -> GateSettings {
    guard let order = RoundOrder(rawValue: order) else {
      throw .unknownWord(setting: "order", word: order, known: RoundOrder.allCases.map(\.rawValue))
    }
    try Self.checkLimits(screen, "screen")
    try Self.checkLimits(confirm, "confirm")
    guard significance > 0, significance < 0.5 else {
      throw .settingOutOfRange(setting: "significance", value: "\(significance)", minimum: "0", maximum: "0.5")
    }
    guard margins.isValid else {
      throw .unorderedMargins(cell: "the mean over all cells", tolerate: tolerate, detect: detect)
    }
    var gateCells: [GateCell] = []
    for (description, planned) in zip(cells, planned) {
      gateCells.append(try cell(description, planned, today))
    }
    guard gateCells.contains(where: { $0.ignore == nil }) else { throw .nothingChosen(what: "a cell that counts") }
    let metrics = Set(gateCells.flatMap(\.metrics.keys))
    let controlCell = gateCells.first { $0.ignore == nil && $0.metrics.keys.contains { $0.pass == .time } }
    return GateSettings(
      cells: gateCells, suiteMargins: Dictionary(uniqueKeysWithValues: metrics.map { ($0, margins) }),
      controlCellIdentifier: controls ? controlCell?.identifier : nil, order: order, screen: screen, confirm: confirm,
      significance: significance, injectedSlowdown: injectedSlowdown)
  }

  private static func checkLimits(_ limits: StageLimits, _ stage: String) throws(ExperimentError) {
    let largest = StageLimits.largestMaximum
    for (name, value, smallest) in [
      ("minimum", limits.minimum, StageLimits.smallestMinimum), ("maximum", limits.maximum, limits.minimum),
      ("step", limits.step, 1),
    ] where value < smallest || value > largest {
      throw .settingOutOfRange(
        setting: "\(stage).\(name)", value: "\(value)", minimum: "\(smallest)", maximum: "\(largest)")
    }
  }

  private func cell(
    _ description: GateCellDescription, _ planned: PlannedCell, _ today: String
  ) throws(ExperimentError) -> GateCell {
    let cell = planned.cell
    let margins = Margins(tolerate: description.tolerate ?? tolerate, detect: description.detect ?? detect)
    guard margins.isValid else {
      throw .unorderedMargins(cell: description.workload, tolerate: margins.tolerate, detect: margins.detect)
    }
    var metrics: [GateMetric: Margins] = [:]
    for word in description.metrics ?? self.metrics {
      guard let metric = GateMetric(rawValue: word) else {
        throw .unknownWord(setting: "metrics", word: word, known: GateMetric.allCases.map(\.rawValue))
      }
      metrics[metric] = margins
    }
    guard !metrics.isEmpty else { throw .nothingChosen(what: "a metric") }
    if let ignore = description.ignore {
      guard ignore.isValid else { throw .malformedIgnore(cell: description.workload) }
      guard !ignore.isExpired(on: today) else {
        throw .expiredIgnore(cell: description.workload, until: ignore.until, reason: ignore.reason)
      }
    }
    let name = cell.traceSHA256.isEmpty ? description.workload : cell.workload
    let threads = cell.threadCount == 1 ? "" : ", \(cell.threadCount) threads"
    return GateCell(
      identifier: cell.identifier, title: name + threads, metrics: metrics, ignore: description.ignore)
  }
}
