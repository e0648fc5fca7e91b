// SPDX-License-Identifier: MIT

import Results

/// How people name an arm: `ace`, or `ace[front=off;refill-one=on]` for one with switches, in any order.
public enum ComparedArmName {
  public static func text(_ arm: Arm) -> String {
    arm.switches.isEmpty ? arm.allocator : "\(arm.allocator)[\(arm.switches)]"
  }

  /// The arm of that name. The allocator alone will do where only one arm has it.
  public static func find(_ text: String, among arms: [Arm]) -> Arm? {
    let parts = text.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
    let allocator = trimmed(parts[0])
    let likely = arms.filter { $0.allocator == allocator }
    guard parts.count == 2 else { return likely.first { $0.switches.isEmpty } ?? (likely.count == 1 ? likely[0] : nil) }
    guard parts[1].hasSuffix("]") else { return nil }
    return likely.first { switches($0.switches) == switches(parts[1].dropLast()) }
  }

  private static func switches(_ text: some StringProtocol) -> Set<String> {
    Set(String(text).split { $0 == ";" || $0 == "," }.map { trimmed($0) })
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
