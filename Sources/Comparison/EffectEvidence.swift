// SPDX-License-Identifier: MIT

import Results

/// The rounds that take part in a comparison, and where they were measured.
struct EffectEvidence {
  /// Both series of a cell and pass, and which of their rounds belong together.
  struct Pairing {
    var pass: Pass
    var bases: ComparedSeries
    var candidates: ComparedSeries
    /// Indices into both, by number of round.
    var pairs: [(number: UInt32, base: Int, candidate: Int)]
  }

  struct Entry {
    var cell: Cell
    var arms: ComparedArms
    var pairing: Pairing
  }

  /// The rows of one side that take part, by where they were measured.
  private struct Origins {
    var all: [ComparedRows.Origin]
    /// By index of `all`.
    var rows: [Set<UInt64>]

    init(_ source: ComparedRows) {
      all = source.origins
      rows = Array(repeating: [], count: all.count)
    }

    mutating func merge(_ other: Origins) { for index in rows.indices { rows[index].formUnion(other.rows[index]) } }

    /// Rows in groups that have the same name, in order of appearance.
    func groups(_ name: (ComparedRows.Origin) -> String) -> [ComparedFault.Group] {
      let used = all.indices.filter { !rows[$0].isEmpty }
      return Dictionary(grouping: used, by: { name(all[$0]) })
        .map { name, indices in (name: name, rows: indices.flatMap { rows[$0] }.sorted()) }
        .sorted { ($0.rows.first ?? 0) < ($1.rows.first ?? 0) }
        .map { name, rows in
          ComparedFault.Group(name: name, rows: rows.reduce(into: RowNumbers()) { $0.append($1) })
        }
    }
  }

  private(set) var entries: [Entry] = []
  private var baseOrigins: Origins
  private var candidateOrigins: Origins

  init(_ base: ComparedRows, _ candidate: ComparedRows) {
    baseOrigins = Origins(base)
    candidateOrigins = Origins(candidate)
  }

  /// How many pairs of rounds there are.
  var pairCount: Int { entries.reduce(0) { $0 + $1.pairing.pairs.count } }

  /// Takes the rounds of a cell; nil where one of the arms has none there.
  mutating func note(_ pairing: Pairing?, _ cell: Cell, _ arms: ComparedArms) {
    guard let pairing else { return }
    entries.append(Entry(cell: cell, arms: arms, pairing: pairing))
    for pair in pairing.pairs {
      let round = pairing.bases.rounds[pair.base]
      baseOrigins.rows[round.origin].insert(round.row)
      let other = pairing.candidates.rounds[pair.candidate]
      candidateOrigins.rows[other.origin].insert(other.row)
    }
  }

  /// What keeps the rows from being compared.
  ///
  /// - Parameter isWithinRounds: Whether both sides are of one source.
  func faults(isWithinRounds: Bool, differentSeedCount: Int) -> [ComparedFault] {
    guard !entries.isEmpty else { return [.noValue] }
    guard pairCount > 0 else { return [.noCommonRound(differentSeedCount: differentSeedCount)] }
    var base = baseOrigins
    if isWithinRounds { base.merge(candidateOrigins) }
    let sides: [(ComparedFault.Side, Origins)] =
      isWithinRounds ? [(.base, base)] : [(.base, base), (.candidate, candidateOrigins)]
    var faults: [ComparedFault] = []
    for (side, origins) in sides {
      let environments = origins.groups(\.environment)
      let plans = origins.groups(\.plan)
      if environments.count > 1 {
        faults.append(.mixedEnvironments(side, environments))
      } else if plans.count > 1 {
        faults.append(.mixedPlans(side, plans))
      }
    }
    let baseEnvironment = base.groups(\.environment).first?.name ?? ""
    let candidateEnvironment = candidateOrigins.groups(\.environment).first?.name ?? ""
    if faults.isEmpty, baseEnvironment != candidateEnvironment {
      faults.append(.differentEnvironments(base: baseEnvironment, candidate: candidateEnvironment))
    }
    return faults
  }
}
