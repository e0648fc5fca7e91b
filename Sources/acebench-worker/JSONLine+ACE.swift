// SPDX-License-Identifier: MIT

import Allocators

extension JSONLine {
  /// ACE's own counters, each by the name of its field behind `ace_`.
  mutating func add(_ statistics: ACEStatistics) {
    for (name, value) in statistics.fields { add("ace_" + name, value) }
  }

  /// A line of its own for a size class.
  init(_ statistics: ACEClassStatistics) {
    self.init()
    add("size_class", UInt64(statistics.sizeClass))
    for (name, value) in statistics.fields { add(name, value) }
  }

  /// A line of its own for something that can be set.
  init(_ knob: ACEKnob) {
    self.init()
    add("knob", knob.name)
    add("kind", knob.kind.rawValue)
    add("unit", knob.unit)
    add("minimum", knob.range.lowerBound)
    add("maximum", knob.range.upperBound)
    add("initial", knob.initialValue)
    add("value", knob.value)
  }

  /// A line of its own for a decision; what there is none of is left out.
  init(_ decision: ACEDecision) {
    self.init()
    add("decision", decision.sequence)
    add("milliseconds", decision.milliseconds)
    add("epoch", decision.epoch)
    add("subject", decision.subject)
    if let byteCount = decision.classByteCount { add("class_bytes", byteCount) }
    add("old_value", decision.oldValue)
    add("new_value", decision.newValue)
    add("was_applied", UInt64(decision.wasApplied ? 1 : 0))
    if let cost = decision.oldCost { add("old_cost", cost) }
    if let cost = decision.newCost { add("new_cost", cost) }
    add("reason", decision.reason)
  }
}
