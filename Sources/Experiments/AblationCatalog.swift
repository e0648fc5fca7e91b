// SPDX-License-Identifier: MIT

import Workloads

/// What of ACE an ablation can change. The library knows its switches and knobs itself (`ace_describe_knob`), but cannot
/// be asked from here; a test holds these lists against its answers.
public enum AblationCatalog {
  /// Whether a switch is on, by profile; in `full` all are.
  struct Switch: Sendable {
    var name: String
    var isOnInBalanced: Bool
    var isOnInConservative: Bool
  }

  struct Knob: Sendable {
    var name: String
    var range: ClosedRange<UInt64>
  }

  public static let profiles = ["full", "balanced", "conservative"]

  /// In the order of ACE.
  static let switches = [
    Switch(name: "refill-one", isOnInBalanced: true, isOnInConservative: true),
    Switch(name: "sll-shrink", isOnInBalanced: true, isOnInConservative: false),
    Switch(name: "idle-trim", isOnInBalanced: true, isOnInConservative: false),
    Switch(name: "tiering", isOnInBalanced: true, isOnInConservative: true),
    Switch(name: "eager-free", isOnInBalanced: false, isOnInConservative: false),
    Switch(name: "warm-pool", isOnInBalanced: true, isOnInConservative: true),
    Switch(name: "remote-batch", isOnInBalanced: true, isOnInConservative: true),
    Switch(name: "huge-pages", isOnInBalanced: true, isOnInConservative: false),
    Switch(name: "worker", isOnInBalanced: true, isOnInConservative: false),
  ]

  static let knobs = [
    Knob(name: "borrow-limit", range: 0...255),
    Knob(name: "carve-pages", range: 1...16),
    Knob(name: "wake-blocks", range: 1...1024),
    Knob(name: "keep-slabs", range: 0...64),
    Knob(name: "warm-slabs", range: 0...64),
    Knob(name: "prefill-slabs", range: 0...32),
    Knob(name: "shrink-ticks", range: 1...10_000),
    Knob(name: "idle-ticks", range: 1...10_000),
    Knob(name: "tick-ms", range: 1...60_000),
    Knob(name: "drain-percent", range: 0...100),
    Knob(name: "warm-superslabs", range: 0...65_536),
    Knob(name: "purge-delay-ms", range: 0...86_400_000),
    Knob(name: "outbox-blocks", range: 1...1024),
    Knob(name: "outbox-bytes", range: 16...1_048_576),
    Knob(name: "small-page-superslabs", range: 0...65_536),
    Knob(name: "large-cache-bytes", range: 0...1_099_511_627_776),
    Knob(name: "large-purge-delay-ms", range: 0...86_400_000),
  ]

  /// Settings that are words; the first value is what holds unless a profile says otherwise.
  static let words: [(name: String, values: [String])] = [
    ("engine", ["on", "observe", "off"]),
    ("route", ["tiny-first", "tiny-only", "pool-only"]),
    ("goal", ["balanced", "time", "memory"]),
    (records, ["prefix", "table", "header"]),
    (profile, profiles),
  ]

  /// Where the records of slabs lie: a build of its own for each place.
  static let records = "records"
  static let profile = "profile"

  /// All names that `--switch` takes.
  public static var names: [String] { switches.map(\.name) + words.map(\.name) + knobs.map(\.name) }

  /// What a setting is in a profile; nil for a knob, whose value is the library's.
  static func value(of name: String, in base: String) -> String? {
    if let found = switches.first(where: { $0.name == name }) {
      let isOn = base == "full" || (base == "balanced" ? found.isOnInBalanced : found.isOnInConservative)
      return isOn ? "on" : "off"
    }
    switch name {
    case "engine": return ["full": "on", "balanced": "observe"][base] ?? "off"
    case profile: return base
    default: return words.first { $0.name == name }?.values[0]
    }
  }

  /// The values that a setting has; none for a knob.
  static func values(of name: String) -> [String] {
    switches.contains { $0.name == name } ? ["on", "off"] : words.first { $0.name == name }?.values ?? []
  }

  /// Refuses a setting that there is not, and a value that it does not take.
  static func check(_ setting: AblationSetting) throws(AblationError) {
    if let knob = knobs.first(where: { $0.name == setting.name }) {
      guard let number = UInt64(setting.value), knob.range.contains(number) else {
        let accepted = "numbers from \(knob.range.lowerBound) to \(knob.range.upperBound)"
        throw .unknownValue(name: setting.name, value: setting.value, accepted: accepted)
      }
      return
    }
    let values = values(of: setting.name)
    guard !values.isEmpty else { throw unknown(setting.name) }
    guard values.contains(setting.value) else {
      throw .unknownValue(name: setting.name, value: setting.value, accepted: values.joined(separator: ", "))
    }
  }

  static func unknown(_ name: String) -> AblationError {
    .unknownSetting(name: name, nearest: NearestName.suggestions(for: name, among: names))
  }
}
