// SPDX-License-Identifier: MIT

import CACE

// The functions of ace.h.

@c(ace_get_statistics)
public func aceGetStatistics(_ result: UnsafeMutablePointer<ace_statistics>) -> Int32 {
  var statistics = ace_statistics()
  Statistics.fill(&statistics)
  return copy(&statistics, to: result, callerByteCount: result.pointee.byte_count)
}

@c(ace_class_count)
public func aceClassCount() -> UInt32 { UInt32(Layout.classCount) }

@c(ace_get_class_statistics)
public func aceGetClassStatistics(_ number: UInt32, _ result: UnsafeMutablePointer<ace_class_statistics>) -> Int32 {
  guard number >= 1, number <= UInt32(Layout.classCount) else { return EINVAL }
  var statistics = ace_class_statistics()
  Statistics.fill(&statistics, for: SizeClass(number: Int(number)))
  return copy(&statistics, to: result, callerByteCount: result.pointee.byte_count)
}

@c(ace_get_knob)
public func aceGetKnob(_ name: UnsafePointer<CChar>, _ value: UnsafeMutablePointer<UInt64>) -> Int32 {
  HeapRegistry.begin()
  let text = TextSlice(name)
  if let policy = Switch(name: text) {
    value.pointee = policy.isOn ? 1 : 0
    return 0
  }
  guard let knob = Knob(name: text) else { return ENOENT }
  value.pointee = knob.value
  return 0
}

@c(ace_set_knob)
public func aceSetKnob(_ name: UnsafePointer<CChar>, _ value: UInt64) -> Int32 {
  // What the environment asks for is taken first, whoever calls.
  HeapRegistry.begin()
  let text = TextSlice(name)
  if let policy = Switch(name: text) {
    guard value <= 1 else { return ERANGE }
    policy.isOn = value == 1
    return 0
  }
  guard let knob = Knob(name: text) else { return ENOENT }
  guard knob.admits(value) else { return ERANGE }
  knob.value = value
  knob.pin()
  return 0
}

@c(ace_knob_count)
public func aceKnobCount() -> UInt32 { UInt32(Switch.count + Knob.count) }

@c(ace_describe_knob)
public func aceDescribeKnob(_ number: UInt32, _ result: UnsafeMutablePointer<ace_knob>) -> Int32 {
  HeapRegistry.begin()
  var description = ace_knob()
  if let policy = Switch(rawValue: Int(number)) {
    policy.describe(to: &description)
  } else if let knob = Knob(rawValue: Int(number) - Switch.count) {
    knob.describe(to: &description)
  } else {
    return EINVAL
  }
  return copy(&description, to: result, callerByteCount: result.pointee.byte_count)
}

@c(ace_decision_count)
public func aceDecisionCount() -> UInt64 { Engine.decisions.count }

@c(ace_get_decision)
public func aceGetDecision(_ sequence: UInt64, _ result: UnsafeMutablePointer<ace_decision>) -> Int32 {
  ace_take(ACE_LOCK_ENGINE)
  let decision = Engine.decisions[sequence]
  ace_give(ACE_LOCK_ENGINE)
  guard let decision else { return ENOENT }
  var description = ace_decision()
  decision.describe(sequence: sequence, to: &description)
  return copy(&description, to: result, callerByteCount: result.pointee.byte_count)
}

@c(ace_check_invariants)
public func aceCheckInvariants() { Invariants.check() }

/// Copies as much of a struct as the caller knows, and says how much that is. Both structs begin with their size.
private func copy<Record>(
  _ source: inout Record, to result: UnsafeMutablePointer<Record>, callerByteCount: UInt64
) -> Int32 {
  // Both sizes are multiples of a counter's; one counter is no version of a struct.
  let count = min(Int(clamping: callerByteCount), MemoryLayout<Record>.size) & ~7
  guard count > 8 else { return EINVAL }
  withUnsafeBytes(of: &source) { _ = memcpy(result, $0.baseAddress.unsafelyUnwrapped, count) }
  UnsafeMutableRawPointer(result).storeBytes(of: UInt64(count), as: UInt64.self)
  return 0
}
