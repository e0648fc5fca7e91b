// SPDX-License-Identifier: MIT

import Results
import Statistics

/// Sentences that say how much faster and leaner one allocator was than another, paired by round.
public struct ComparisonSummary {
  private let reference: Arm?
  private var cellSeries = CellSeries(metrics: [.throughput, .residentPeak])

  /// - Parameter reference: What every other allocator is compared with; nil compares the one of the highest median
  ///   throughput in each cell with every other.
  public init(reference: Arm? = nil) { self.reference = reference }

  /// Takes a row, failed ones included; a later attempt at a round takes the place of an earlier one.
  public mutating func add(_ sample: Sample) { cellSeries.add(sample) }

  /// The sentences, speed before memory; with several cells each says which it is about.
  public func sentences() -> [String] {
    let cells = cellSeries.cells
    return cells.flatMap { cell in
      let prefix = cells.count == 1 ? "" : Self.name(of: cell) + ": "
      return sentences(about: cell).map { prefix + $0 }
    }
  }

  private func sentences(about cell: Cell) -> [String] {
    // The floor allocates nothing: to be faster or slower than it means nothing.
    let arms = cellSeries.arms(of: cell).filter { !$0.arm.isFloor }
    let speed = { (series: ArmSeries) in series.median(of: .throughput) ?? 0 }
    guard
      let fixed = arms.first(where: { $0.arm == reference }) ?? arms.max(by: { speed($0.series) < speed($1.series) })
    else { return [] }
    let pairs = arms.filter { $0.arm != fixed.arm }.map { other in
      fixed.arm == reference ? (subject: other, object: fixed) : (subject: fixed, object: other)
    }
    let failures = arms.compactMap { Self.failure($0.arm, $0.series) }
    let speeds = pairs.compactMap { pair in
      Self.ratio(.throughput, pair.subject.series, pair.object.series).map {
        RatioSentence.speed(StatedRatio($0), pair.subject.arm.words, pair.object.arm.words)
      }
    }
    let memories = pairs.compactMap { pair in
      Self.ratio(.residentPeak, pair.subject.series, pair.object.series).map {
        RatioSentence.memory(StatedRatio($0), pair.subject.arm.words, pair.object.arm.words)
      }
    }
    return speeds + memories + failures
  }

  /// How many times larger a metric of one series is than of another, over the rounds that both have.
  private static func ratio(_ metric: Metric, _ subject: ArmSeries, _ object: ArmSeries) -> PairedRatio? {
    let objectValues = object.values(of: metric)
    return PairedRatio(
      subject.values(of: metric).sorted { $0.key < $1.key }.compactMap { round, value in
        objectValues[round].map { (numerator: value, denominator: $0) }
      })
  }

  private static func failure(_ arm: Arm, _ series: ArmSeries) -> String? {
    guard series.median(of: .throughput) == nil, let failures = series.failures(in: .time) else { return nil }
    return "\(arm.words) finished no round: \(failures.last.words)"
  }

  private static func name(of cell: Cell) -> String {
    let threads = cell.threadCount == 1 ? "1 thread" : "\(cell.threadCount) threads"
    return ([cell.workload, threads, cell.parameters].filter { !$0.isEmpty }).joined(separator: ", ")
  }
}
