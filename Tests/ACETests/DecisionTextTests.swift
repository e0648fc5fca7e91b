// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

@Suite("Words of decisions") struct DecisionTextTests {
  private func text<Bytes>(_ bytes: Bytes) -> String {
    withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private func described(_ decision: Decision) -> ace_decision {
    var result = ace_decision()
    decision.describe(sequence: 9, to: &result)
    return result
  }

  private static let sentences: [(Reason.Kind, String)] = [
    (.wonContest, "won 21 of 30 pairs of epochs"),
    (.lostContest, "won only 21 of 30 pairs of epochs"),
    (.oftenRefilled, "21 refills of fresh pages in 30 ticks"),
    (.rarelyRefilled, "only 21 refills of fresh pages in 30 ticks"),
    (.slabsComeAndGo, "21 slabs came and went in 30 ticks"),
    (.slabsStay, "only 21 slabs came and went in 30 ticks"),
    (.shrunkTooSoon, "21 of 30 lists given back were asked for again"),
    (.shrunkForGood, "only 21 of 30 lists given back were asked for again"),
    (.leftBounds, "the goal bounds it by 21 and 30"),
  ]

  @Test func eachReasonHasItsSentence() {
    #expect(Set(Self.sentences.map(\.0)).count == Self.sentences.count)
    for raw in 0...UInt8.max {
      guard let kind = Reason.Kind(rawValue: raw) else { continue }
      let decision = Decision(
        subject: .warmSlabs, oldValue: 1, newValue: 2, reason: Reason(kind: kind, first: 21, second: 30))
      #expect(text(described(decision).reason) == Self.sentences.first { $0.0 == kind }?.1)
    }
  }

  /// The longest sentences, with the largest numbers, fit.
  @Test func noSentenceIsCut() {
    for (kind, sentence) in Self.sentences {
      let decision = Decision(
        subject: .warmSlabs, oldValue: 1, newValue: 2, reason: Reason(kind: kind, first: .max, second: .max))
      let whole = sentence.replacing("21", with: "4294967295").replacing("30", with: "4294967295")
      #expect(text(described(decision).reason) == whole)
    }
  }

  @Test func aDecisionIsToldInFull() {
    let decision = Decision(
      milliseconds: 1, epoch: 2, subject: .carvePages, classNumber: 3, wasApplied: true, oldValue: 4, newValue: 5,
      oldCost: 6, newCost: 7, reason: Reason(kind: .oftenRefilled, first: 0, second: 1))
    let told = described(decision)
    #expect(told.sequence == 9 && told.milliseconds == 1 && told.epoch == 2 && told.was_applied == 1)
    #expect(told.class_bytes == UInt64(SizeClass(number: 3).blockByteCount))
    #expect(told.old_value == 4 && told.new_value == 5 && told.old_cost == 6 && told.new_cost == 7)
    #expect(text(told.subject) == "carve-pages")
  }

  @Test func textIsCutWhereItsMemoryEnds() {
    for count in 1...12 {
      var bytes = [UInt8](repeating: 0xff, count: count)
      bytes.withUnsafeMutableBytes { memory in
        var text = BoundedText(memory)
        text.append("ab ", 10, "-", 4_294_967_295, "")
      }
      #expect(String(decoding: bytes.dropLast(), as: UTF8.self) == "ab 10-42949".prefix(count - 1))
      #expect(bytes.last == 0)
    }
  }
}
