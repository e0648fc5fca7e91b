// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Results

/// Commands that a comparison advises.
enum CompareCommands {
  static func compare(_ results: [String], base: Arm, candidate: Arm) -> String {
    ShellText.command(
      ["acebench", "compare"] + results + [
        "--base", ComparedArmName.text(base), "--candidate", ComparedArmName.text(candidate),
      ])
  }

  /// The commands that measure both sides in the same rounds and compare them; nil where arms have switches, which one
  /// sweep cannot set for one of two allocators only.
  static func sideBySide(_ arms: ComparedArms, _ sources: CompareSources) -> String? {
    guard arms.base.switches.isEmpty, arms.candidate.switches.isEmpty else { return nil }
    var (base, candidate) = (arms.base, arms.candidate)
    var allocators = [base.allocator, candidate.allocator]
    if base == candidate {
      (base, candidate) = (Arm(allocator: "base"), Arm(allocator: "candidate"))
      let basePath = sources.base.library(of: arms.base)?.path ?? ""
      let candidatePath = sources.candidate?.library(of: arms.candidate)?.path ?? ""
      // A file that was built anew has taken the place of the former one.
      let areApart = basePath != candidatePath && !basePath.isEmpty && !candidatePath.isEmpty
      allocators = areApart ? ["base=\(basePath)", "candidate=\(candidatePath)"] : ["base=OLD.so", "candidate=NEW.so"]
    }
    return measure(allocators) + " && " + compare(["results/both"], base: base, candidate: candidate)
  }

  private static func measure(_ allocators: [String]) -> String {
    ShellText.command(["acebench", "sweep"] + allocators.flatMap { ["-a", $0] } + ["-o", "results/both"])
  }
}
