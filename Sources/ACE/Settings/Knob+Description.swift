// SPDX-License-Identifier: MIT

import CACE

extension Knob {
  /// As ace.h tells it.
  func describe(to result: inout ace_knob) {
    let facts = facts
    result.kind = UInt64(ACE_KNOB_NUMBER.rawValue)
    result.minimum = facts.least
    result.maximum = facts.greatest
    result.initial = facts.initial
    result.value = value
    withUnsafeMutableBytes(of: &result.name) { facts.name.copy(to: $0) }
    withUnsafeMutableBytes(of: &result.unit) { facts.unit.copy(to: $0) }
  }
}

extension Switch {
  /// As ace.h tells it.
  func describe(to result: inout ace_knob) {
    result.kind = UInt64(ACE_KNOB_SWITCH.rawValue)
    result.maximum = 1
    result.initial = Profile.balanced.switchBits & bit != 0 ? 1 : 0
    result.value = isOn ? 1 : 0
    withUnsafeMutableBytes(of: &result.name) { name.copy(to: $0) }
  }
}

extension StaticString {
  /// Copies as much of the text as fits, and a zero byte behind it.
  func copy(to bytes: UnsafeMutableRawBufferPointer) {
    let count = min(utf8CodeUnitCount, bytes.count - 1)
    var index = 0
    while index < count {
      bytes[index] = utf8Start[index]
      index += 1
    }
    bytes[count] = 0
  }
}
