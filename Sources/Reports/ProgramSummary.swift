// SPDX-License-Identifier: MIT

import Results
import Statistics

/// A table of what a real program took under each allocator, and sentences that compare them with the first.
public struct ProgramSummary {
  /// The figures of one process; nil where nothing was read.
  public struct Figures: Sendable {
    public var elapsedNanoseconds: Double
    public var processorNanoseconds: Double
    public var peakRSSByteCount: Double?
    public var minorFaultCount: Double
    /// 0 unless the program failed.
    public var status: Int32

    public init(
      elapsedNanoseconds: Double, processorNanoseconds: Double, peakRSSByteCount: Double?, minorFaultCount: Double,
      status: Int32
    ) {
      self.elapsedNanoseconds = elapsedNanoseconds
      self.processorNanoseconds = processorNanoseconds
      self.peakRSSByteCount = peakRSSByteCount
      self.minorFaultCount = minorFaultCount
      self.status = status
    }
  }

  /// A column of the table.
  private static let columns: [(title: String, unit: Metric.Unit, value: @Sendable (Figures) -> Double?)] = [
    ("elapsed", .nanoseconds, { $0.elapsedNanoseconds }), ("CPU time", .nanoseconds, { $0.processorNanoseconds }),
    ("peak RSS", .bytes, { $0.peakRSSByteCount }), ("minor faults", .count, { $0.minorFaultCount }),
  ]

  private let allocators: [String]
  private var figures: [String: [Figures]] = [:]

  /// - Parameter allocators: in the order in which they are shown; the others are compared with the first.
  public init(allocators: [String]) { self.allocators = allocators }

  /// Takes the figures of a round; rounds come in order. Those of a program that failed are in no median, for one that
  /// ends early would look fast.
  public mutating func add(_ allocator: String, _ values: Figures) {
    figures[allocator, default: []].append(values)
  }

  /// The allocators that have figures.
  private var names: [String] { allocators.filter { figures[$0] != nil } }

  private func median(of name: String, _ value: (Figures) -> Double?) -> Double? {
    SortedSample((figures[name] ?? []).filter { $0.status == 0 }.compactMap(value))?.median
  }

  /// Medians over rounds, the best marked, for people.
  public var table: TextTable {
    var table = TextTable(
      columns: [TextTable.Column("allocator")] + Self.columns.map { TextTable.Column($0.title, .right) }
        + [TextTable.Column("ended")])
    let medians = names.map { name in
      Self.columns.map { column in median(of: name, column.value) }
    }
    for (index, name) in names.enumerated() {
      let entries = Self.columns.indices.map { column in
        guard let value = medians[index][column] else { return TextTable.Entry("–") }
        let best = medians.compactMap { $0[column] }.min()
        return TextTable.Entry(NumberFormat.text(value, unit: Self.columns[column].unit), isBest: value == best)
      }
      let failure = figures[name]?.first { $0.status != 0 }
      let ending = failure.map { "with status \($0.status)" } ?? "well"
      table.append([TextTable.Entry(name)] + entries + [TextTable.Entry(ending)])
    }
    return table
  }

  /// Medians over rounds, for programs.
  public var records: RecordTable {
    var table = RecordTable(
      fields: ["allocator", "rounds", "elapsed_ns", "cpu_ns", "rss_peak_bytes", "minor_faults_count", "status"])
    for name in names {
      let rows = figures[name] ?? []
      func median(_ value: (Figures) -> Double?) -> FieldValue {
        self.median(of: name, value).map { .real($0) } ?? .none
      }
      let failed = rows.first { $0.status != 0 }
      table.append([
        .text(name), .integer(UInt64(rows.count)), median(\.elapsedNanoseconds), median(\.processorNanoseconds),
        median(\.peakRSSByteCount), median(\.minorFaultCount), .integer(UInt64(failed?.status ?? 0)),
      ])
    }
    return table
  }

  /// How each allocator compares with the first, paired by round.
  public var sentences: [String] {
    guard let first = names.first else { return [] }
    return names.dropFirst().flatMap { name in
      [
        sentence(first, name, \.elapsedNanoseconds) { "\(name) ran \($0) times as fast as \(first)" },
        sentence(name, first, \.peakRSSByteCount) { "\(name) used \($0) times the peak memory of \(first)" },
      ].compactMap(\.self)
    }
  }

  private func sentence(
    _ numerator: String, _ denominator: String, _ value: (Figures) -> Double?, _ words: (String) -> String
  ) -> String? {
    let pairs = zip(figures[numerator] ?? [], figures[denominator] ?? []).compactMap {
      over, under -> (numerator: Double, denominator: Double)? in
      guard over.status == 0, under.status == 0 else { return nil }
      return value(over).flatMap { over in value(under).map { (numerator: over, denominator: $0) } }
    }
    return PairedRatio(pairs).map { words($0.words) }
  }
}

extension PairedRatio {
  /// `1.31 (1.28 to 1.34)`, or the median alone where so few rounds allow no interval.
  fileprivate var words: String {
    func rounded(_ value: Double) -> String { NumberFormat.significant(value) }
    guard let interval else { return "\(rounded(medianRatio)) (too few rounds for an interval)" }
    return "\(rounded(ratio)) (\(rounded(interval.lowerBound)) to \(rounded(interval.upperBound)))"
  }
}
