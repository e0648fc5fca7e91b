// SPDX-License-Identifier: MIT

extension StackProfile {
  /// Adds what another profile of the same measures counted. Of measures that are not additive the higher value stays.
  public mutating func merge(_ other: StackProfile) throws(ProfilingError) {
    guard measures == other.measures else { throw .differentMeasures(measures, other.measures) }
    let nodes = adopt(other)
    for position in nodes.indices {
      let from = StackNode(position: UInt32(position))
      for measure in measures.indices {
        let value = other.ownValue(of: from, measure: measure)
        guard value != 0 else { continue }
        if measures[measure].isAdditive {
          add(value, to: nodes[position], measure: measure)
        } else {
          raise(to: value, at: nodes[position], measure: measure)
        }
      }
    }
  }

  /// What one measure of two profiles has become: measure 0 is `before`, 1 is `after`, each by its own count and not scaled.
  public static func comparing(
    _ before: StackProfile, with after: StackProfile, measure: ProfileMeasure
  ) throws(ProfilingError) -> StackProfile {
    guard let first = before.index(of: measure), let second = after.index(of: measure) else {
      throw .differentMeasures(before.measures, after.measures)
    }
    var both = StackProfile(measures: [
      ProfileMeasure(name: "\(measure.name) before", unit: measure.unit, isAdditive: measure.isAdditive),
      ProfileMeasure(name: "\(measure.name) after", unit: measure.unit, isAdditive: measure.isAdditive),
    ])
    both.take(before, from: first, to: 0)
    both.take(after, from: second, to: 1)
    return both
  }

  /// What another profile counted of one measure more than this, or, when negative, less.
  public func difference(
    to other: StackProfile, measure: ProfileMeasure
  ) throws(ProfilingError) -> StackProfile {
    let both = try Self.comparing(self, with: other, measure: measure)
    var difference = StackProfile(measures: [measure])
    let nodes = difference.adopt(both)
    for position in nodes.indices {
      let from = StackNode(position: UInt32(position))
      difference.add(both.ownValue(of: from, measure: 1) - both.ownValue(of: from), to: nodes[position])
    }
    return difference
  }

  private mutating func take(_ other: StackProfile, from measure: Int, to own: Int) {
    let nodes = adopt(other)
    for position in nodes.indices {
      add(
        other.ownValue(of: StackNode(position: UInt32(position)), measure: measure), to: nodes[position], measure: own)
    }
  }

  /// Takes in the tree of another profile, without its values; its nodes' places in this one.
  private mutating func adopt(_ other: StackProfile) -> [StackNode] {
    let frames = other.frames.map { index(of: $0) }
    var places = [StackNode.root]
    places.reserveCapacity(other.nodeCount)
    // Parents come before their children, so their places are known.
    for node in other.nodes.dropFirst() {
      places.append(child(of: places[Int(node.parent)], calling: frames[Int(node.frame)]))
    }
    return places
  }
}
