// SPDX-License-Identifier: MIT

extension StackProfile {
  /// Adds what another profile of the same measures counted. Of measures that are not additive the higher value stays.
  public mutating func merge(_ other: StackProfile) throws(ProfilingError) {
    guard measures == other.measures else { throw .differentMeasures(measures, other.measures) }
    let places = adopt(other)
    for (node, place) in zip(other.nodes, places) {
      for measure in measures.indices {
        let value = other.ownValue(of: node, measure: measure)
        if measures[measure].isAdditive {
          add(value, to: place, measure: measure)
        } else {
          raise(to: value, at: place, measure: measure)
        }
      }
    }
  }

  /// What one measure was before and after: measure 0 of the result is the first profile's, 1 is the second's, both as they are.
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
    both.take(before, measure: first, as: 0)
    both.take(after, measure: second, as: 1)
    return both
  }

  /// How much more of a measure another profile counted than this one; less is negative.
  public func difference(to other: StackProfile, measure: ProfileMeasure) throws(ProfilingError) -> StackProfile {
    let both = try Self.comparing(self, with: other, measure: measure)
    var difference = StackProfile(measures: [measure])
    let places = difference.adopt(both)
    for (node, place) in zip(both.nodes, places) {
      difference.add(both.ownValue(of: node, measure: 1) - both.ownValue(of: node), to: place)
    }
    return difference
  }

  private mutating func take(_ other: StackProfile, measure: Int, as own: Int) {
    let places = adopt(other)
    for (node, place) in zip(other.nodes, places) {
      add(other.ownValue(of: node, measure: measure), to: place, measure: own)
    }
  }

  /// Takes in the tree of another profile, without its values; where each of its nodes is in this one.
  private mutating func adopt(_ other: StackProfile) -> [StackNode] {
    let frames = other.frames.map { index(of: $0) }
    var places = [StackNode.root]
    places.reserveCapacity(other.nodeCount)
    // Parents come before their children, so their places are known.
    for node in other.tree.nodes.dropFirst() {
      places.append(child(of: places[Int(node.parent)], calling: frames[Int(node.frame)]))
    }
    return places
  }
}
