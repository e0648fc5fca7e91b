// SPDX-License-Identifier: MIT

import Glibc
import Results
import Statistics

/// How far builds of the same source are apart, which differ in nothing but where their code lies.
///
/// A gate of one build against another cannot tell that from the change, whatever the number of rounds: it has to
/// tolerate it.
public struct LayoutCalibration: Sendable {
  /// What two builds did to one cell.
  public struct Distance: Equatable, Sendable {
    public var cell: Cell
    public var builds: [String]
    /// |ln(speed ÷ speed)|, the Hodges-Lehmann centre over rounds.
    public var logDistance: Double
  }

  private var goodness: [Cell: [String: [UInt32: Double]]] = [:]

  /// The share of distances that must be tolerated.
  public static let coveredFraction = 0.95
  /// No gate needs to tolerate less than its file does without being told.
  public static let smallestTolerance = 0.02

  public init() {}

  /// Takes a row of a time pass; other rows, and failed ones, say nothing.
  public mutating func note(_ sample: Sample) {
    guard sample.pass == .time, sample.outcome.status == .ok,
      let value = sample.metrics[.throughput]?.double.nonzero,
      let goodness = GateMetric.throughput.goodness(of: value)
    else { return }
    self.goodness[sample.cell, default: [:]][sample.arm.allocator, default: [:]][sample.round] = goodness
  }

  /// Every pair of builds in every cell, over the rounds that both have.
  public var distances: [Distance] {
    goodness.sorted { $0.key.identifier < $1.key.identifier }.flatMap { cell, builds in
      let names = builds.keys.sorted()
      return names.indices.flatMap { first in
        names[(first + 1)...].compactMap { second -> Distance? in
          let one = builds[names[first]] ?? [:]
          let other = builds[second] ?? [:]
          let differences = one.sorted { $0.key < $1.key }.compactMap { round, value in other[round].map { $0 - value }
          }
          guard let effect = PairedEffect(differences: differences) else { return nil }
          return Distance(cell: cell, builds: [names[first], second], logDistance: abs(effect.estimate))
        }
      }
    }
  }

  /// What a gate should tolerate, as a fraction; nil without two builds.
  public static func tolerance(for distances: [Distance]) -> Double? {
    SortedSample(distances.map(\.logDistance)).map { sample in
      max(smallestTolerance, 1 - exp(-sample.quantile(coveredFraction)))
    }
  }
}

extension Double {
  fileprivate var nonzero: Double? { self > 0 ? self : nil }
}
