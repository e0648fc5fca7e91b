// SPDX-License-Identifier: MIT

import Testing

/// Which of the programs that tests run this machine has.
enum Installed {
  /// Whether all of them are there, given with spaces between them.
  static func all(_ programs: String) -> Bool {
    programs.split(separator: " ").allSatisfy { Workplace.succeeds("command -v \($0)") }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips a test where a program is not installed; several are given with spaces between them.
  static func needs(_ programs: String) -> Self {
    .enabled(if: Installed.all(programs), "\(programs) must be installed: scripts/bootstrap.sh --programs")
  }
}
