// SPDX-License-Identifier: MIT

import Glibc
import Statistics

/// Whether a replay puts allocators into the order that the program puts them in.
public struct FidelityOrder: Equatable, Sendable {
  /// Pairs of allocators that the program surely tells apart.
  public private(set) var pairCount = 0
  /// Of them, those that the replay puts in the same order.
  public private(set) var sameCount = 0
  /// Of them, those that the replay surely puts in the other order.
  public private(set) var oppositeCount = 0
  /// Kendall's tau-b between the allocators' medians; nil when there are not two that differ.
  public let tau: Double?

  public init(_ evidence: FidelityEvidence, _ quantity: FidelityQuantity) {
    let names = evidence.allocators.filter { !evidence.series(quantity, of: [$0]).isEmpty }
    func medians(_ value: ((program: Double, replay: Double)) -> Double) -> [Double] {
      names.compactMap { name in
        SortedSample(evidence.series(quantity, of: [name]).map { value($0[0]) })?.median
      }
    }
    tau = kendallTau(medians { $0.program }, medians { $0.replay })
    for (index, first) in names.enumerated() {
      for second in names[..<index] { compare(evidence.series(quantity, of: [first, second])) }
    }
  }

  private mutating func compare(_ rounds: [[(program: Double, replay: Double)]]) {
    guard let program = FidelityEffect.Estimate(rounds.map { log($0[0].program / $0[1].program) }),
      let replay = FidelityEffect.Estimate(rounds.map { $0[0].replay - $0[1].replay }), program.direction != 0
    else { return }
    pairCount += 1
    if program.direction == replay.direction { sameCount += 1 }
    if program.direction == -replay.direction { oppositeCount += 1 }
  }
}
