// SPDX-License-Identifier: MIT

/// The complete rounds of a gate, by unit and stage.
public struct GateLedger: Sendable {
  private struct Page: Hashable {
    var unit: GateUnit
    var stage: GateStage
  }

  private var pages: [Page: [GateRound]] = [:]

  public init() {}

  /// Adds a round; rounds of a unit and stage come in any order.
  public mutating func append(_ round: GateRound, of unit: GateUnit, in stage: GateStage) {
    pages[Page(unit: unit, stage: stage), default: []].append(round)
  }

  public func rounds(of unit: GateUnit, in stage: GateStage) -> [GateRound] {
    pages[Page(unit: unit, stage: stage)] ?? []
  }

  /// One for each round that has the metric, by number of round.
  public func differences(
    _ metric: GateMetric, of unit: GateUnit, in stage: GateStage, role: GateRole = .head
  ) -> [Double] {
    rounds(of: unit, in: stage).sorted { $0.number < $1.number }.compactMap { $0.difference(metric, of: role) }
  }

  /// For each round that all cells have, the mean of their differences.
  public func suiteDifferences(_ metric: GateMetric, of cells: [GateCell], in stage: GateStage) -> [Double] {
    var sums: [UInt32: (sum: Double, count: Int)] = [:]
    for cell in cells {
      for round in rounds(of: GateUnit(cellIdentifier: cell.identifier, pass: metric.pass), in: stage) {
        guard let difference = round.difference(metric) else { continue }
        let entry = sums[round.number] ?? (0, 0)
        sums[round.number] = (entry.sum + difference, entry.count + 1)
      }
    }
    return sums.filter { $0.value.count == cells.count }.sorted { $0.key < $1.key }
      .map { $0.value.sum / Double(cells.count) }
  }

  /// ln of the speed of who ran second by that of who ran first, by round: what the place in the round does.
  ///
  /// - Parameter effect: How much better the head is: taken off, or it would be the place's in each round.
  public func slotDifferences(
    _ metric: GateMetric, of unit: GateUnit, in stage: GateStage, without effect: Double
  ) -> [Double] {
    rounds(of: unit, in: stage).sorted { $0.number < $1.number }.compactMap { round in
      round.difference(metric).map { (round.headRanFirst ? -1 : 1) * ($0 - effect) }
    }
  }
}
