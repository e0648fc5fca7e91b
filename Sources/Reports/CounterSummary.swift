// SPDX-License-Identifier: MIT

import Measurement
import Profiling
import Results
import Statistics

/// Performance counters of several allocators side by side: medians over rounds.
public struct CounterSummary {
  private let allocators: [String]
  private var rounds: [String: [Int: CounterRound]] = [:]

  /// - Parameter allocators: in the order in which they are shown; the others are compared with the first.
  public init(allocators: [String]) { self.allocators = allocators }

  /// Takes what a process of a round came to; processes that failed are not added.
  public mutating func add(_ allocator: String, round: Int, _ values: CounterRound) {
    rounds[allocator, default: [:]][round] = values
  }

  /// The allocators that have figures.
  private var names: [String] { allocators.filter { rounds[$0] != nil } }

  /// For people: a line a counter, a column an allocator.
  public var table: TextTable {
    var table = TextTable(
      columns: [TextTable.Column("counter")] + names.map { TextTable.Column($0, .right) } + [TextTable.Column("from")])
    for figure in CounterFigure.all {
      let cells = names.map { cell(figure, $0) }
      let source = cells.compactMap(\.source).first
      table.append(
        [TextTable.Entry(figure.name)] + cells.map { TextTable.Entry(Self.words(for: $0, figure)) }
          + [TextTable.Entry(source?.rawValue ?? "–")])
    }
    return table
  }

  /// For programs: a record an allocator and counter. What was not counted is null, with the reason.
  public var records: RecordTable {
    var table = RecordTable(fields: [
      "allocator", "counter", "unit", "source", "rounds_count", "median", "minimum", "maximum", "ratio_to_first",
      "ratio_low", "ratio_high", "counted_fraction", "user_only", "absence",
    ])
    for name in names {
      for figure in CounterFigure.all {
        let cell = cell(figure, name)
        let ratio = name == names.first ? nil : ratio(figure, name)
        table.append([
          .text(name), .text(figure.name), .text(figure.unitName), cell.source.map { .text($0.rawValue) } ?? .none,
          .integer(UInt64(cell.sample?.values.count ?? 0)), .number(cell.sample?.median),
          .number(cell.sample?.values.first), .number(cell.sample?.values.last),
          .number(ratio.map { $0.interval == nil ? $0.medianRatio : $0.ratio }), .number(ratio?.interval?.lowerBound),
          .number(ratio?.interval?.upperBound), .number(cell.countedFraction), .flag(cell.isUserOnly),
          cell.absence.map { .text($0.rawValue) } ?? .none,
        ])
      }
    }
    return table
  }

  /// What is to be said below the table of counts that are not whole.
  public var remarks: [String] {
    let cells = names.flatMap { name in CounterFigure.all.map { cell($0, name) } }
    var remarks: [String] = []
    if cells.contains(where: { $0.absence == .notSupported }) {
      remarks.append(
        "this machine has no performance counters (a virtual machine without a PMU); what the kernel counts is shown")
    }
    if cells.contains(where: { $0.absence == .notPermitted }) || cells.contains(where: \.isUserOnly) {
      remarks.append(
        "not all may be counted by this user; 'sysctl kernel.perf_event_paranoid=1' permits it, as does root")
    }
    if cells.contains(where: { ($0.countedFraction ?? 1) < Self.wholeFraction }) {
      remarks.append("a percentage is the part of the time that was counted in; the number is scaled up to all of it")
    }
    return remarks
  }

  /// What the rounds of an allocator say of a figure.
  private struct Cell {
    var sample: SortedSample?
    var source: CounterValue.Source?
    /// Of the round with the least.
    var countedFraction: Double?
    var isUserOnly = false
    var absence: CounterAbsence?
  }

  private func cell(_ figure: CounterFigure, _ name: String) -> Cell {
    var values: [CounterValue] = []
    var absence: CounterAbsence?
    for round in (rounds[name] ?? [:]).values {
      switch figure.value(in: round) {
      case .success(let value): values.append(value)
      case .failure(let reason): absence = reason
      }
    }
    guard let sample = SortedSample(values.map(\.number)) else { return Cell(absence: absence) }
    return Cell(
      sample: sample, source: values.first?.source, countedFraction: values.compactMap(\.countedFraction).min(),
      isUserOnly: values.contains { $0.isUserOnly })
  }

  private func ratio(_ figure: CounterFigure, _ name: String) -> PairedRatio? {
    guard let first = names.first, let base = rounds[first], let own = rounds[name] else { return nil }
    let pairs = own.keys.sorted().compactMap { round -> (numerator: Double, denominator: Double)? in
      guard let over = own[round].flatMap({ try? figure.value(in: $0).get() }),
        let under = base[round].flatMap({ try? figure.value(in: $0).get() })
      else { return nil }
      return (over.number, under.number)
    }
    return pairs.isEmpty ? nil : PairedRatio(pairs)
  }

  /// Below this, a percentage is shown.
  private static let wholeFraction = 0.995

  private static func words(for cell: Cell, _ figure: CounterFigure) -> String {
    guard let sample = cell.sample else { return cell.absence?.words ?? "–" }
    let number = NumberFormat.text(sample.median, unit: figure.unit)
    let mark = cell.isUserOnly ? ":u" : ""
    let fraction = cell.countedFraction ?? 1
    return number + mark + (fraction < wholeFraction ? " (\(NumberFormat.fixed(fraction * 100, decimals: 0))%)" : "")
  }
}

extension CounterFigure {
  /// What the figure is in.
  fileprivate var unit: Metric.Unit {
    switch self {
    case .counter(let counter): counter.isNanoseconds ? .nanoseconds : .count
    case .charge(.elapsed), .charge(.userTime), .charge(.systemTime): .nanoseconds
    case .charge: .count
    case .ratio: .ratio
    }
  }

  fileprivate var unitName: String {
    switch unit {
    case .nanoseconds: "ns"
    case .ratio: "ratio"
    default: "count"
    }
  }
}

extension FieldValue {
  /// A number, or none.
  static func number(_ value: Double?) -> FieldValue { value.map { .real($0) } ?? .none }
}
