// SPDX-License-Identifier: MIT

/// How an arm's switches reach ACE: through its environment (docs/environment.md).
public enum SwitchEnvironment {
  /// Switches that are variables of their own; all others are items of ACE_POLICY.
  static let variables = [
    "profile": "ACE_PROFILE", "engine": "ACE_ENGINE", "goal": "ACE_GOAL", "route": "ACE_ROUTE", "seed": "ACE_SEED",
    "conf": "ACE_CONF",
  ]

  /// The engine's modes, in the order of `enum ace_engine`.
  static let engineModes = ["off", "observe", "on"]

  /// The assignments for `name=value;…`, variables of their own first.
  public static func assignments(for switches: String) -> [String] {
    var assignments: [String] = []
    var policies: [Substring] = []
    for item in switches.split(separator: ";") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, let variable = variables[String(parts[0])] {
        assignments.append("\(variable)=\(parts[1])")
      } else {
        policies.append(item)
      }
    }
    if !policies.isEmpty { assignments.append("ACE_POLICY=\(policies.joined(separator: ","))") }
    return assignments
  }

  /// What ACE has to tell of itself when it took the switches of `name=value;…`: numbers by name, in their order, 1 for on
  /// and 0 for off. Of what no library tells there is nothing.
  static func readings(of switches: String) -> [(name: String, value: UInt64)] {
    items(of: switches).compactMap { name, value in
      if name == "engine" { return engineModes.firstIndex(of: value).map { (name, UInt64($0)) } }
      guard variables[name] == nil else { return nil }
      switch value {
      case "on": return (name, 1)
      case "off": return (name, 0)
      default: return UInt64(value).map { (name, $0) }
      }
    }
  }

  /// The names and values of `name=value;…`.
  static func items(of switches: String) -> [(name: String, value: String)] {
    switches.split(separator: ";").map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "")
    }
  }

  /// Whether an assignment of this process's environment would change what an arm says of itself.
  ///
  /// ACE_STATS changes nothing, but has ACE write where it tells that it was not understood. With ACE_CHECK the gate would be measured.
  static func isSetting(_ assignment: String) -> Bool {
    (variables.values + ["ACE_POLICY", "ACE_STATS", "ACE_CHECK"]).contains { assignment.hasPrefix("\($0)=") }
  }
}
