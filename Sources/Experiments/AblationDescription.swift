// SPDX-License-Identifier: MIT

import FoundationEssentials
import Glibc
import Results

/// What an ablation changes, as it lies beside its rows.
public struct AblationDescription: Codable, Equatable, Sendable {
  /// The file's name in the folder of an ablation.
  public static let fileName = "ablation.json"

  /// The profile that everything is held against.
  public var base: String
  /// `name=value` each: one arm a change, or every combination.
  public var changes: [String]
  public var isFactorial: Bool
  /// What was typed to measure it, for whoever reads the results.
  public var command: String

  /// - Parameters:
  ///   - switches: `name` for all other values of a setting, `name=value[,value]` for those; none for all that there is.
  ///   - builds: Which builds of ACE there are beside the usual one: `table`, `header`.
  public init(base: String, switches: [String], isFactorial: Bool, builds: [String], command: String) throws {
    guard AblationCatalog.profiles.contains(base) else {
      throw AblationError.unknownBase(base, known: AblationCatalog.profiles)
    }
    let chosen =
      switches.isEmpty
      ? Self.everything(base, builds) : try switches.flatMap { try Self.settings(of: $0, base) }
    var changes: [String] = []
    for setting in chosen where !changes.contains(setting.description) { changes.append(setting.description) }
    (self.base, self.changes, self.isFactorial, self.command) = (base, changes, isFactorial, command)
  }

  /// Reads the description beside the rows in a folder.
  public init(folder: String) throws {
    let path = folder + "/" + Self.fileName
    guard access(path, R_OK) == 0 else { throw AblationError.notAnAblation(path: folder) }
    self = try SettingsFile.read(Self.self, path: path)
  }

  public func write(to folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try ResultsFolder.replace(
      folder + "/" + Self.fileName, with: Array(try encoder.encode(self)) + [UInt8(ascii: "\n")])
  }

  /// The changes, all of which there are.
  func settings() throws(AblationError) -> [AblationSetting] {
    var settings: [AblationSetting] = []
    for text in changes {
      guard let setting = AblationSetting(text) else { throw AblationCatalog.unknown(text) }
      try AblationCatalog.check(setting)
      settings.append(setting)
    }
    return settings
  }

  /// One change at a time of all that has a few values; which values of a knob are worth a look, nobody knows.
  private static func everything(_ base: String, _ builds: [String]) -> [AblationSetting] {
    var settings = AblationCatalog.switches.flatMap { others($0.name, base) }
    settings += others("engine", base).filter { base == "full" || $0.value != "on" } + others("route", base)
    settings += others(AblationCatalog.records, base).filter { builds.contains($0.value) }
    return settings + others(AblationCatalog.profile, base)
  }

  /// The values of a setting that the base does not have.
  private static func others(_ name: String, _ base: String) -> [AblationSetting] {
    let own = AblationCatalog.value(of: name, in: base)
    return AblationCatalog.values(of: name).filter { $0 != own }.map { AblationSetting(name, $0) }
  }

  private static func given(_ text: String, _ base: String) throws -> [AblationSetting] {
    let (name, values) = try SwitchCombinations.parse(text)
    var settings: [AblationSetting] = []
    for value in values {
      let setting = AblationSetting(name, value)
      try AblationCatalog.check(setting)
      guard AblationCatalog.value(of: name, in: base) != value else {
        throw AblationError.noChange(setting: setting.description, base: base)
      }
      settings.append(setting)
    }
    return settings
  }

  private static func settings(of text: String, _ base: String) throws -> [AblationSetting] {
    if text.contains("=") { return try given(text, base) }
    let settings = others(text, base)
    guard settings.isEmpty else { return settings }
    guard let knob = AblationCatalog.knobs.first(where: { $0.name == text }) else {
      throw AblationCatalog.unknown(text)
    }
    throw AblationError.unknownValue(
      name: text, value: "", accepted: "numbers from \(knob.range.lowerBound) to \(knob.range.upperBound)")
  }
}
