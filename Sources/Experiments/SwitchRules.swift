// SPDX-License-Identifier: MIT

import Allocators
import FoundationEssentials
import Glibc
import Results

/// Which switches there are, and what values they take: those that are words are `ACEWords`, all others the library describes
/// itself. A slip of the finger would else become rows that say something was measured that never was.
enum SwitchRules {
  /// The switch that names a file of settings.
  static let file = "conf"
  /// The switch that is a number of the environment, and no knob.
  private static let seed = "seed"

  /// The switches with files' paths absolute: workers, and a sweep that is resumed elsewhere, find the same.
  static func withAbsolutePaths(_ switches: [String: [String]]) throws(ExperimentError) -> [String: [String]] {
    try checkSeparators(switches)
    var switches = switches
    for (index, path) in (switches[file] ?? []).enumerated() {
      guard access(path, R_OK) == 0 else { throw .system(call: "access", path: path, errno: errno) }
      if !path.hasPrefix("/") { switches[file]?[index] = FileManager.default.currentDirectoryPath + "/" + path }
    }
    try checkSeparators(switches)
    return switches
  }

  /// Refuses switches that the ACE of an arm does not have, values that they do not take, and libraries that do not do as
  /// they are told.
  static func check(_ arms: [PlannedArm], _ load: LoadMethod) throws {
    var knobs: [String: [ACEKnob]] = [:]
    let arms = arms.filter { !$0.arm.switches.isEmpty }
    for arm in arms {
      let known = try knobs[arm.library.path] ?? ACEKnobs.of(arm.allocator, load: load)
      knobs[arm.library.path] = known
      for (name, value) in SwitchEnvironment.items(of: arm.arm.switches) { try check(name, value, known) }
    }
    for arm in arms { try ACEKnobs.verify(arm, load) }
  }

  /// The files of settings of arms.
  static func files(of arms: [PlannedArm]) -> [String] {
    arms.flatMap { SwitchEnvironment.items(of: $0.arm.switches) }.filter { $0.name == file }.map(\.value)
  }

  /// Refuses texts in which one switch could be taken for two: arms are told apart by them, and workers are told theirs.
  private static func checkSeparators(_ switches: [String: [String]]) throws(ExperimentError) {
    for (name, values) in switches {
      for value in values where value.contains(where: { $0 == ";" || $0 == "," || $0 == "\n" }) {
        throw .malformedSwitch(text: "\(name)=\(value)")
      }
    }
  }

  /// Refuses a value that a switch of an ACE with these knobs does not take.
  static func check(_ name: String, _ value: String, _ knobs: [ACEKnob]) throws(ExperimentError) {
    if let words = ACEWords.all.first(where: { $0.name == name })?.words {
      guard words.contains(value) else { throw .unknownWord(setting: name, word: value, known: words) }
    } else if name == seed {
      guard isNumber(value) else { throw .notANumber(setting: name, text: value) }
      guard UInt64(value) != nil else { throw outOfRange(name, value, 0...UInt64.max) }
    } else if name != file {
      guard let knob = knobs.first(where: { $0.name == name }) else {
        let names = knobs.map(\.name) + ACEWords.all.map(\.name) + [seed, file]
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
