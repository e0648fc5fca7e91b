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
    let (base, changes) = (description.base, description.changes)
    let contrasts = changes.map { Self.contrast($0, base) }
    self.contrasts = contrasts
    let own = Self.arm([], base)
    guard description.isFactorial else {
      factorial = nil
      arms = [own] + changes.map { Self.arm([$0], base) }
      return
    }
    try Self.checkCombinable(changes)
    let combinations = (0..<(1 << changes.count)).map { combination in
      let changed = changes.indices.filter { index in
        // The base has `with`, unless the change is what turns the setting on.
        (combination >> index & 1 == 1) == (contrasts[index].with == changes[index].value)
      }
      return Self.arm(changed.map { changes[$0] }, base)
    }
    factorial = AblationFactorial(factors: contrasts, arms: combinations)
    arms = [own] + combinations.filter { $0 != own }
  }

  private static func checkCombinable(_ changes: [AblationChange]) throws(AblationError) {
    let largest = AblationFactorial.largestFactorCount
    for (index, change) in changes.enumerated() {
      let isTaken = changes.prefix(index).contains { $0.name == change.name }
      if isTaken || change.name == AblationCatalog.profile { throw .notCombinable(setting: change.name) }
    }
    guard (2...largest).contains(changes.count) else { throw .factorCount(changes.count, largest: largest) }
  }

  /// The arm of the base with these settings changed.
  private static func arm(_ changes: [AblationChange], _ base: String) -> Arm {
    var allocator = "ace"
    var items = ["\(AblationCatalog.profile)=\(base)"]
    for change in changes {
      switch change.name {
      case AblationCatalog.records: allocator = "ace-" + change.value
      case AblationCatalog.profile: items[0] = change.setting
      default: items.append(change.setting)
      }
    }
    return Arm(allocator: allocator, switches: items.joined(separator: ";"))
  }

  /// What the base's value is worth; where the change turns a setting on, what that is worth.
  private static func contrast(_ change: AblationChange, _ base: String) -> AblationContrast {
    let (own, changed) = (arm([], base), arm([change], base))
    guard change.baseValue == "off" else {
      return AblationContrast(
        name: change.name, with: change.baseValue, without: change.value,
        arms: ComparedArms(base: changed, candidate: own))
    }
    return AblationContrast(
      name: change.name, with: change.value, without: change.baseValue,
      arms: ComparedArms(base: own, candidate: changed))
  }
}
