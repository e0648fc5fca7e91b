// SPDX-License-Identifier: MIT

import Workloads

/// The order of a round: cells in a random order, and within a cell the arms in another for each pass.
///
/// The order is drawn anew for every round from the experiment's seed, so that no arm always comes first, no burst of
/// the machine hits one cell alone, and a resumed sweep repeats the order of the round that was cut off.
public struct RoundSchedule: Sendable {
  private let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// The cells of a round, as indexes.
  public func cells(count: Int, round: Int) -> [Int] {
    var random = Self.random(mixing: [seed, UInt64(round), 0x63656c6c])
    return (0..<count).shuffled(using: &random)
  }

  /// The arms of a cell in a pass of a round, as indexes.
  public func arms(count: Int, round: Int, cell: String, pass: String) -> [Int] {
    var random = Self.random(mixing: [seed, UInt64(round), Self.hash(cell), Self.hash(pass)])
    return (0..<count).shuffled(using: &random)
  }

  /// The seed of a cell's workload in a round: the same for every arm and pass, another for every round.
  public func workloadSeed(round: Int, cell: String) -> UInt64 {
    var random = Self.random(mixing: [seed, UInt64(round), Self.hash(cell)])
    return random.next()
  }

  /// A generator whose sequence depends on every one of the numbers.
  private static func random(mixing numbers: [UInt64]) -> SplitMix64 {
    var generator = SplitMix64(seed: 0)
    for number in numbers { generator = SplitMix64(seed: generator.next() ^ number) }
    return generator
  }

  /// FNV-1a, 64 bit: Swift's own hashes differ from run to run.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
