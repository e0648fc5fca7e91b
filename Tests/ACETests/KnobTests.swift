// SPDX-License-Identifier: MIT

import CACE
import Testing

@testable import ACEHosted

extension SharedStateTests {
  @Suite("Knobs") struct KnobTests {
    private static let knobs = (0..<Knob.count).compactMap(Knob.init(rawValue:))

    private func knob(named name: String) -> Knob? { name.withCString { Knob(name: TextSlice($0)) } }

    @Test func allAreCounted() {
      #expect(Self.knobs.count == Knob.count)
      #expect(Knob(rawValue: Knob.count) == nil)
      #expect(Set(Self.knobs.map { "\($0.facts.name)" }).count == Knob.count)
    }

    @Test func eachIsFoundByItsNameAlone() {
      for each in Self.knobs {
        let name = "\(each.facts.name)"
        #expect(knob(named: name) == each)
        #expect(knob(named: name + "x") == nil)
        #expect(knob(named: String(name.dropLast())) == nil)
        #expect(!name.isEmpty && name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(name)")
      }
      #expect(knob(named: "") == nil)
    }

    /// What is set is read back, up to the limit, and no other knob moves.
    @Test func eachHoldsEveryValueUpToItsLimit() {
      let before = Self.knobs.map(\.value)
      for (place, each) in Self.knobs.enumerated() {
        let facts = each.facts
        #expect(each.value == facts.initial, "\(each.facts.name)")
        for value in [facts.least, facts.least + 1, facts.greatest / 2, facts.greatest - 1, facts.greatest] {
          #expect(each.admits(value))
          each.value = value
          #expect(each.value == value, "\(each.facts.name)")
          for (other, another) in Self.knobs.enumerated() where other != place {
            #expect(another.value == before[other])
          }
        }
        #expect(!each.admits(facts.greatest + 1))
        #expect(facts.least == 0 || !each.admits(facts.least - 1))
        each.value = before[place]
      }
      #expect(Self.knobs.map(\.value) == before)
    }
  }
}
