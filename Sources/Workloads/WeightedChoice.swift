// SPDX-License-Identifier: MIT

/// Chooses an index with a probability in proportion to its weight, in constant time.
///
/// The alias method: Walker, "An efficient method for generating discrete random variables with general
/// distributions", 1977, with the linear set-up of Vose, 1991.
struct WeightedChoice: Sendable {
  private struct Column {
    var threshold: Double
    var alias: Int32
  }

  private var columns: [Column]

  /// - Parameter weights: at least one, none negative, their sum above 0.
  init(weights: [Double]) {
    let total = weights.reduce(0, +)
    precondition(total > 0, "weights sum to nothing")
    var scaled = weights.map { $0 / total * Double(weights.count) }
    columns = weights.indices.map { Column(threshold: 1, alias: Int32($0)) }
    var small = weights.indices.filter { scaled[$0] < 1 }
    var large = weights.indices.filter { scaled[$0] >= 1 }
    while let poor = small.popLast(), let rich = large.last {
      columns[poor] = Column(threshold: scaled[poor], alias: Int32(rich))
      scaled[rich] -= 1 - scaled[poor]
      if scaled[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
  }

  func next(_ random: inout SplitMix64) -> Int {
    let index = random.uniform(below: columns.count)
    return random.unit() < columns[index].threshold ? index : Int(columns[index].alias)
  }
}
