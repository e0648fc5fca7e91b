// SPDX-License-Identifier: MIT

/// The controllers of all classes, and what these had counted when they were last asked.
struct ClassLearner {
  private var controllers = InlineArray<66, ClassController>(
    repeating: ClassController(policy: ClassPolicy(keptSlabs: 0, carvePages: 0, shrinkTicks: 0)))
  /// Sums over all heaps when they were last asked, and now.
  private var counted = InlineArray<66, ClassFigures>(repeating: ClassFigures())
  private var totals = InlineArray<66, ClassFigures>(repeating: ClassFigures())

  /// Begins with the policies that are in force and the counts as they are.
  mutating func begin() {
    count()
    counted = totals
    var number = 1
    while number <= Layout.classCount {
      controllers[unchecked: number] = ClassController(policy: ClassPolicies.table[unchecked: number])
      number += 1
    }
  }

  /// Lets every class's controller look at the epoch; hands what they decide to `note`, and puts it into force where it `applies`.
  mutating func epochEnded(ticks: UInt64, applies: Bool, note: (Decision) -> Void) {
    let bounds = ClassBounds(goal: Goal.current)
    count()
    var number = 1
    while number <= Layout.classCount {
      var figures = totals[unchecked: number] - counted[unchecked: number]
      figures.ticks = ticks
      counted[unchecked: number] = totals[unchecked: number]
      let decision = controllers[unchecked: number].epochEnded(
        figures, classNumber: UInt8(truncatingIfNeeded: number), bounds: bounds, movable: ~Knob.pinnedBits)
      if let decision {
        if applies { apply(decision, number) }
        note(decision)
      }
      number += 1
    }
  }

  /// Puts one field into force: the user may have set the others since.
  private func apply(_ decision: Decision, _ number: Int) {
    let policy = controllers[unchecked: number].policy
    switch decision.subject {
    case .keepSlabs: ClassPolicies.table[unchecked: number].keptSlabs = policy.keptSlabs
    case .carvePages: ClassPolicies.table[unchecked: number].carvePages = policy.carvePages
    case .shrinkTicks: ClassPolicies.table[unchecked: number].shrinkTicks = policy.shrinkTicks
    default: break
    }
  }

  private mutating func count() {
    totals = InlineArray(repeating: ClassFigures())
    HeapRegistry.forEach { heap in
      var number = 1
      while number <= Layout.classCount {
        totals[unchecked: number].add(heap.pointee.counters[unchecked: number])
        number += 1
      }
    }
  }
}
