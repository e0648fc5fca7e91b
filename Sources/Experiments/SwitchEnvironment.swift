// SPDX-License-Identifier: MIT

/// How an arm's switches reach ACE: through its environment (docs/environment.md).
public enum SwitchEnvironment {
  /// Switches that are variables of their own; all others are items of ACE_POLICY.
  static let variables = [
    "profile": "ACE_PROFILE", "engine": "ACE_ENGINE", "goal": "ACE_GOAL", "route": "ACE_ROUTE", "seed": "ACE_SEED",
    "conf": "ACE_CONF",
  ]

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

  /// Whether an assignment of this process's environment would change what an arm says of itself.
  static func isSetting(_ assignment: String) -> Bool {
    (variables.values + ["ACE_POLICY"]).contains { assignment.hasPrefix("\($0)=") }
  }
}
