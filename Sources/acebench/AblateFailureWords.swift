// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Workloads

/// Puts what keeps an ablation from being planned into words.
enum AblateFailureWords {
  /// Runs `body` and turns what it throws of ablations into what is shown.
  static func translating<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as AblationError { throw describe(error) }
  }

  private static func describe(_ error: AblationError) -> Failure {
    switch error {
    case .unknownSetting(let name, let known):
      return Failure(
        error: "ACE has no setting '\(name)'",
        help: FailureWords.suggestion(NearestName.suggestions(for: name, among: known))
          + ["it has \(known.joined(separator: ", "))"], status: .usage)
    case .valueMissing(let name, let minimum, let maximum):
      return Failure(
        error: "\(name) needs a value", help: ["it goes from \(minimum) to \(maximum): --switch \(name)=NUMBER"],
        status: .usage)
    case .unknownBase(let name, let known):
      return Failure(
        error: "--base does not take '\(name)'", help: ["it takes \(known.joined(separator: ", "))"], status: .usage)
    case .noChange(let setting, let base):
      return Failure(
        error: "\(setting) changes nothing: the profile \(base) has it so",
        help: ["give another value, or another profile with --base"], status: .usage)
    case .factorCount(let count, let largest):
      return Failure(
        error: "--factorial cannot combine \(count == 1 ? "1 setting" : "\(count) settings")",
        help: ["choose 2 to \(largest) of them: --switch NAME --switch NAME; \(largest) are \(1 << largest) arms"],
        status: .usage)
    case .notCombinable(let setting):
      return Failure(
        error: "--factorial cannot combine values of '\(setting)' with one another or with other settings",
        help: ["give one value: --switch \(setting)=VALUE; a profile is changed with --base"], status: .usage)
    case .notAnAblation(let path):
      return Failure(
        error: "\(path) has no \(AblationDescription.fileName): its rows are of no ablation",
        help: ["'acebench compare \(path) --base … --candidate …' compares arms of any result"], status: .usage)
    }
  }
}
