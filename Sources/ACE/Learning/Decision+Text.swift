// SPDX-License-Identifier: MIT

import CACE

extension Decision {
  /// As ace.h tells it.
  func describe(sequence: UInt64, to result: inout ace_decision) {
    result.sequence = sequence
    result.milliseconds = milliseconds
    result.epoch = epoch
    result.class_bytes = UInt64(SizeClass(number: Int(classNumber)).blockByteCount)
    result.old_value = oldValue
    result.new_value = newValue
    result.was_applied = wasApplied ? 1 : 0
    result.old_cost = oldCost
    result.new_cost = newCost
    let name = subject.facts.name
    withUnsafeMutableBytes(of: &result.subject) { name.copy(to: $0) }
    withUnsafeMutableBytes(of: &result.reason) { bytes in
      var text = BoundedText(bytes)
      reason.write(to: &text)
    }
  }
}

extension Reason {
  /// A sentence's worth of words.
  func write(to text: inout BoundedText) {
    switch kind {
    case .wonContest: text.append("won ", first, " of ", second, " pairs of epochs")
    case .lostContest: text.append("won only ", first, " of ", second, " pairs of epochs")
    case .oftenRefilled: text.append("", first, " refills of fresh pages in ", second, " ticks")
    case .rarelyRefilled: text.append("only ", first, " refills of fresh pages in ", second, " ticks")
    case .slabsComeAndGo: text.append("", first, " slabs came and went in ", second, " ticks")
    case .slabsStay: text.append("only ", first, " slabs came and went in ", second, " ticks")
    case .shrunkTooSoon: text.append("", first, " of ", second, " lists given back were asked for again")
    case .shrunkForGood: text.append("only ", first, " of ", second, " lists given back were asked for again")
    case .leftBounds: text.append("the goal bounds it by ", first, " and ", second, "")
    }
  }
}
