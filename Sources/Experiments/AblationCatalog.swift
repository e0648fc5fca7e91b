// SPDX-License-Identifier: MIT

import Allocators

/// What of ACE an ablation can change, and what a profile has it set to. Switches and knobs the library tells itself.
public struct AblationCatalog: Sendable {
  /// Where the records of slabs lie: a build of its own for each place.
  static let records = "records"
  static let profile = "profile"
  private static let engine = "engine"
  private static let places = ["prefix", "table", "header"]
  /// What the profiles have of the settings that are words; `full` is the base unless another is named.
  private static let engineOfProfile = ["full": "on", "balanced": "observe", "conservative": "off"]
  private static let initialWords = ["route": "tiny-first", "goal": "balanced", records: "prefix"]

  /// The profiles, the one with everything on first.
  public static var profiles: [String] { words(of: profile) }

  /// The profile that everything is held against.
  let base: String
  /// With the values that they have in the base.
  private let knobs: [ACEKnob]

  /// Asks the library.
  public init(base: String) throws {
    guard Self.profiles.contains(base) else { throw AblationError.unknownBase(base, known: Self.profiles) }
    let ace = try AllocatorCatalog.allocator(describedBy: "ace")
    self.init(base: base, knobs: try ACEKnobs.of(ace, switches: "\(Self.profile)=\(base)"))
  }

  /// - Parameter knobs: With the values that they have in the base.
  init(base: String, knobs: [ACEKnob]) { (self.base, self.knobs) = (base, knobs) }

  /// All names that `--switch` takes.
  var names: [String] { knobs.map(\.name) + ACEWords.all.map(\.name) + [Self.records] }

  /// One change at a time of all that has a few values.
  ///
  /// - Parameter builds: Which builds of ACE there are beside the usual one: `table`, `header`.
  func everything(builds: [String]) throws -> [AblationChange] {
    var changes = try knobs.filter { $0.kind == .switch }.flatMap { try others($0.name) }
    // Less of the engine is what the base can do without; more of it is the profile full.
    let modes = ["on", "observe", "off"].drop { $0 != Self.engineOfProfile[base] }
    changes += try others(Self.engine).filter { base == "conservative" || modes.contains($0.value) }
    changes += try others("route") + others(Self.records).filter { builds.contains($0.value) }
    return try changes + others(Self.profile)
  }

  /// The changes of `name` to all other values, or of `name=value[,value]` to those.
  func changes(_ text: String) throws -> [AblationChange] {
    guard text.contains("=") else { return try others(text) }
    let (name, values) = try SwitchCombinations.parse(text)
    let baseValue = try value(of: name)
    return try values.map { text in
      let value = normal(text, of: name)
      try check(name, value)
      guard value != baseValue else { throw AblationError.noChange(setting: "\(name)=\(text)", base: base) }
      return AblationChange(name, value, insteadOf: baseValue)
    }
  }

  private func others(_ name: String) throws -> [AblationChange] {
    let baseValue = try value(of: name)
    let knob = knobs.first { $0.name == name }
    if let knob, knob.kind == .number {
      throw AblationError.valueMissing(name: name, minimum: knob.range.lowerBound, maximum: knob.range.upperBound)
    }
    let values = knob == nil ? Self.words(of: name) : ["on", "off"]
    return values.filter { $0 != baseValue }.map { AblationChange(name, $0, insteadOf: baseValue) }
  }

  /// What a setting is in the base.
  private func value(of name: String) throws(AblationError) -> String {
    if let knob = knobs.first(where: { $0.name == name }) {
      return knob.kind == .number ? String(knob.value) : knob.value == 1 ? "on" : "off"
    }
    if name == Self.profile { return base }
    let word = name == Self.engine ? Self.engineOfProfile[base] : Self.initialWords[name]
    guard let word else { throw .unknownSetting(name: name, known: names) }
    return word
  }

  private func check(_ name: String, _ value: String) throws(ExperimentError) {
    guard name == Self.records else { return try SwitchRules.check(name, value, knobs) }
    guard Self.places.contains(value) else { throw .unknownWord(setting: name, word: value, known: Self.places) }
  }

  /// The value as it is told of the base: switches are on or off, numbers have no zeros before them.
  private func normal(_ value: String, of name: String) -> String {
    guard let knob = knobs.first(where: { $0.name == name }) else { return value }
    if knob.kind == .number { return UInt64(value).map { String($0) } ?? value }
    return ["1": "on", "0": "off"][value] ?? value
  }

  private static func words(of name: String) -> [String] {
    if name == records { return places }
    let words = ACEWords.all.first { $0.name == name }?.words ?? []
    // The most first, as with profiles.
    return name == engine ? words.reversed() : words
  }
}
