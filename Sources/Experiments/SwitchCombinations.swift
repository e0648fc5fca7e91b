// SPDX-License-Identifier: MIT

/// Every combination of the values of ACE's switches.
public enum SwitchCombinations {
  /// `name=value;…` in the order of names, one string a combination; a single empty one without switches.
  public static func all(of switches: [String: [String]]) -> [String] {
    var combinations = [""]
    for (name, values) in switches.sorted(by: { $0.key < $1.key }) where !values.isEmpty {
      combinations = combinations.flatMap { combination in
        values.map { combination.isEmpty ? "\(name)=\($0)" : "\(combination);\(name)=\($0)" }
      }
    }
    return combinations
  }

  /// Reads `name=value[,value]`.
  public static func parse(_ text: String) throws(ExperimentError) -> (name: String, values: [String]) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let values = parts.count == 2 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
    guard parts.count == 2, !parts[0].isEmpty, !values.isEmpty, values.allSatisfy({ !$0.isEmpty }) else {
      throw .malformedSwitch(text: text)
    }
    return (String(parts[0]), values.map(String.init))
  }
}
