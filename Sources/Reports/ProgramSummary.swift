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

  private var names: [String] = []
  private var figures: [String: [Figures]] = [:]

  public init() {}

  /// Takes the figures of a round; rounds come in order.
  public mutating func add(_ allocator: String, _ values: Figures) {
    if figures[allocator] == nil { names.append(allocator) }
    figures[allocator, default: []].append(values)
  }

  /// Medians over rounds.
  public var table: RecordTable {
    var table = RecordTable(
      fields: ["allocator", "rounds", "elapsed_ns", "cpu_ns", "rss_peak_bytes", "minor_faults_count", "status"])
    for name in names {
      let rows = figures[name] ?? []
      func median(_ value: (Figures) -> Double?) -> FieldValue {
        SortedSample(rows.compactMap(value)).map { .real($0.median) } ?? .none
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
    let pairs = zip(figures[numerator] ?? [], figures[denominator] ?? []).compactMap { over, under in
      value(over).flatMap { over in value(under).map { (numerator: over, denominator: $0) } }
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
