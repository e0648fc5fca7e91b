// SPDX-License-Identifier: MIT

import Comparison
import Results

/// The arms of an ablation, and what is held against what.
public struct AblationDesign: Equatable, Sendable {
  /// The base first.
  public let arms: [Arm]
  /// A contrast for each change.
  public let contrasts: [AblationContrast]
  /// The combinations; nil where one setting at a time is changed.
  public let factorial: AblationFactorial?

  public init(_ description: AblationDescription) throws(AblationError) {
    guard AblationCatalog.profiles.contains(description.base) else {
      throw .unknownBase(description.base, known: AblationCatalog.profiles)
    }
    let settings = try description.settings()
    if description.isFactorial { try Self.checkCombinable(settings) }
    let base = description.base
    contrasts = settings.map { Self.contrast($0, base) }
    guard description.isFactorial else {
      factorial = nil
      arms = [Self.arm([], base)] + settings.map { Self.arm([$0], base) }
      return
    }
    let contrasts = self.contrasts
    let combinations = (0..<(1 << settings.count)).map { combination in
      let changed = settings.indices.filter { index in
        // The base has `with`, unless the change is what turns the setting on.
        let isWith = combination >> index & 1 == 1
        return isWith == (contrasts[index].with == settings[index].value)
      }
      return Self.arm(changed.map { settings[$0] }, base)
    }
    factorial = AblationFactorial(factors: contrasts, arms: combinations)
    let own = Self.arm([], base)
    arms = [own] + combinations.filter { $0 != own }
  }

  private static func checkCombinable(_ settings: [AblationSetting]) throws(AblationError) {
    let largest = AblationFactorial.largestFactorCount
    guard (2...largest).contains(settings.count) else { throw .factorCount(settings.count, largest: largest) }
    for (index, setting) in settings.enumerated() {
      let isTaken = settings.prefix(index).contains { $0.name == setting.name }
      if isTaken || setting.name == AblationCatalog.profile { throw .notCombinable(setting: setting.name) }
    }
  }

  /// The arm of the base with these settings changed.
  private static func arm(_ changes: [AblationSetting], _ base: String) -> Arm {
    var allocator = "ace"
    var items = [AblationSetting(AblationCatalog.profile, base)]
    for change in changes {
      switch change.name {
      case AblationCatalog.records: allocator = "ace-" + change.value
      case AblationCatalog.profile: items[0] = change
      default: items.append(change)
      }
    }
    return Arm(allocator: allocator, switches: items.map(\.description).joined(separator: ";"))
  }

  /// What the base's value is worth; where the change turns a switch on, what that is worth.
  private static func contrast(_ change: AblationSetting, _ base: String) -> AblationContrast {
    let (own, changed) = (arm([], base), arm([change], base))
    let value = AblationCatalog.value(of: change.name, in: base) ?? "the default"
    guard value == "off" else {
      return AblationContrast(
        name: change.name, with: value, without: change.value, arms: ComparedArms(base: changed, candidate: own))
    }
    return AblationContrast(
      name: change.name, with: change.value, without: value, arms: ComparedArms(base: own, candidate: changed))
  }
}
