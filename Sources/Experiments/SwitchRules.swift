// SPDX-License-Identifier: MIT

import Allocators
import FoundationEssentials
import Glibc
import Results

/// Which switches there are, and what values they take: those that are words have their words here, all others the library
/// describes itself. A slip of the finger would else become rows that say something was measured that never was.
enum SwitchRules {
  /// The switch that names a file of settings.
  static let file = "conf"
  /// The switch that is a number of the environment, and no knob.
  private static let seed = "seed"
  private static let words = [
    "profile": ["full", "balanced", "conservative"], "engine": SwitchEnvironment.engineModes,
    "goal": ["time", "balanced", "memory"], "route": ["tiny-first", "tiny-only", "pool-only"],
  ]

  /// The switches with files' paths absolute: workers, and a sweep that is resumed elsewhere, find the same.
  static func withAbsolutePaths(_ switches: [String: [String]]) throws(ExperimentError) -> [String: [String]] {
    var switches = switches
    for (index, path) in (switches[file] ?? []).enumerated() {
      guard access(path, R_OK) == 0 else { throw .system(call: "access", path: path, errno: errno) }
      if !path.hasPrefix("/") { switches[file]?[index] = FileManager.default.currentDirectoryPath + "/" + path }
    }
    return switches
  }

  /// Refuses switches that the ACE of some arm does not have, values that they do not take, and libraries that do not do
  /// as they are told.
  static func check(_ switches: [String: [String]], of arms: [PlannedArm], _ load: LoadMethod) throws {
    let arms = arms.filter { !$0.arm.switches.isEmpty }
    var checked: [String] = []
    for arm in arms where !checked.contains(arm.allocator.name) {
      checked.append(arm.allocator.name)
      let knobs = try ACEKnobs.of(arm.allocator, load: load)
      for (name, values) in switches.sorted(by: { $0.key < $1.key }) {
        for value in values { try check(name, value, knobs) }
      }
    }
    for arm in arms { try ACEKnobs.verify(arm, load) }
  }

  /// Refuses a value that a switch of an ACE with these knobs does not take.
  static func check(_ name: String, _ value: String, _ knobs: [ACEKnob]) throws(ExperimentError) {
    // Arms are told apart, and told to others, by texts in which these are not to be had.
    guard !value.contains(where: { $0 == ";" || $0 == "," || $0 == "\n" }) else {
      throw .malformedSwitch(text: "\(name)=\(value)")
    }
    if let words = words[name] {
      guard words.contains(value) else { throw .unknownWord(setting: name, word: value, known: words) }
    } else if name == seed {
      guard isNumber(value) else { throw .notANumber(setting: name, text: value) }
      guard UInt64(value) != nil else { throw outOfRange(name, value, 0...UInt64.max) }
    } else if name != file {
      guard let knob = knobs.first(where: { $0.name == name }) else {
        let names = knobs.map(\.name) + words.keys.sorted() + [seed, file]
        throw .unknownSwitch(name: name, known: names)
      }
      try check(knob, value)
    }
  }

  private static func check(_ knob: ACEKnob, _ value: String) throws(ExperimentError) {
    switch knob.kind {
    case .switch:
      guard ["on", "off", "1", "0"].contains(value) else {
        throw .unknownWord(setting: knob.name, word: value, known: ["on", "off"])
      }
    case .number:
      guard isNumber(value) else { throw .notANumber(setting: knob.name, text: value) }
      guard let number = UInt64(value), knob.range.contains(number) else {
        throw outOfRange(knob.name, value, knob.range)
      }
    }
  }

  /// As ACE takes them: digits and nothing else.
  private static func isNumber(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { 48...57 ~= $0 } }

  private static func outOfRange(_ name: String, _ value: String, _ range: ClosedRange<UInt64>) -> ExperimentError {
    .settingOutOfRange(
      setting: name, value: value, minimum: String(range.lowerBound), maximum: String(range.upperBound))
  }
}
