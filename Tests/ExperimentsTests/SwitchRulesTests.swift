// SPDX-License-Identifier: MIT

import Allocators
import TestSupport
import Testing

@testable import Experiments

@Suite("Switches are held against what ACE says that it has")
struct SwitchRulesTests {
  private static let knobs = [
    ACEKnob(name: "refill-one", kind: .switch, unit: "", range: 0...1, initialValue: 0, value: 0),
    ACEKnob(name: "carve-pages", kind: .number, unit: "pages", range: 1...16, initialValue: 1, value: 1),
  ]

  private func fault(_ name: String, _ value: String) -> ExperimentError? {
    do {
      try SwitchRules.check(name, value, Self.knobs)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "what it takes",
    arguments: [
      ("refill-one", "on"), ("refill-one", "off"), ("refill-one", "1"), ("carve-pages", "1"), ("carve-pages", "16"),
      ("profile", "full"), ("engine", "observe"), ("goal", "memory"), ("route", "pool-only"), ("seed", "0"),
      ("seed", "18446744073709551615"), ("conf", "/dev/null"),
    ])
  func taken(name: String, value: String) { #expect(fault(name, value) == nil) }

  @Test("a name that is none, with all that are")
  func unknownName() {
    let known = [
      "refill-one", "carve-pages", "profile", "engine", "goal", "route", "seed", "conf",
    ]
    for name in ["refil-one", "", "Engine", "worker"] {
      #expect(fault(name, "on") == .unknownSwitch(name: name, known: known))
    }
  }

  @Test(
    "values that a setting does not take",
    arguments: [
      ("refill-one", "of"), ("refill-one", "2"), ("refill-one", "ON"), ("profile", "ful"), ("engine", "1"),
      ("goal", "speed"), ("route", "tiny"),
    ])
  func words(name: String, value: String) {
    guard case .unknownWord(name, value, let known) = fault(name, value) else {
      Issue.record("\(name)=\(value) is taken")
      return
    }
    #expect(!known.contains(value) && known.count >= 2)
  }

  @Test(
    "numbers that are none, or too small or too large",
    arguments: ["", "x", "-1", "+1", "1.0", "1e3", "0x10", " 1", "0", "17", "99999999999999999999"])
  func numbers(value: String) {
    let expected: ExperimentError =
      !value.isEmpty && value.allSatisfy(\.isNumber)
      ? .settingOutOfRange(setting: "carve-pages", value: value, minimum: "1", maximum: "16")
      : .notANumber(setting: "carve-pages", text: value)
    #expect(fault("carve-pages", value) == expected)
  }

  @Test("values in which arms could not be told apart", arguments: ["a;engine=off", "a,b", "a\nb"])
  func separators(value: String) {
    for name in ["conf", "refill-one", "engine"] {
      #expect(throws: ExperimentError.malformedSwitch(text: "\(name)=\(value)")) {
        try SwitchRules.withAbsolutePaths([name: ["on", value]])
      }
    }
  }

  @Test("what a worker has to read back is what can be told, as numbers")
  func readings() {
    let readings = SwitchEnvironment.readings(
      of: "conf=/a=b;engine=observe;goal=time;refill-one=on;route=pool-only;seed=7;sll-shrink=off;warm-superslabs=7")
    #expect(
      readings.map { "\($0.name)=\($0.value)" } == ["engine=1", "refill-one=1", "sll-shrink=0", "warm-superslabs=7"])
    #expect(SwitchEnvironment.readings(of: "").isEmpty)
  }
}
