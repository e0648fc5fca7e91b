// SPDX-License-Identifier: MIT

import Statistics

/// The decisions of a gate on the differences of one hypothesis or of a family of them; pure functions, the same for a
/// gate that runs, one that is read from a file, and one that is simulated.
public enum GateRule {
  /// A hypothesis of the second stage with its verdict.
  public struct Confirmation: Equatable, Sendable {
    public var verdict: FindingVerdict
    /// One-sided, of having lost no more than is tolerated.
    public var probability: Double
    /// The same after Holm's correction for all hypotheses that are decided together.
    public var adjustedProbability: Double
  }

  /// Whether a stage goes on after these rounds.
  public static func wantsAnotherRound(_ differences: [Double], _ margins: Margins, _ limits: StageLimits) -> Bool {
    guard limits.mayLook(after: differences.count) else { return true }
    guard differences.count < limits.maximum, let effect = PairedEffect(differences: differences) else { return false }
    return !effect.isNarrow(for: margins)
  }

  /// Whether the first stage passes it: a loss of `detect` is excluded, and one of `tolerate` is not certain.
  public static func passesScreen(_ differences: [Double], _ margins: Margins, _ limits: StageLimits) -> Bool {
    guard differences.count >= limits.minimum, let effect = PairedEffect(differences: differences) else { return false }
    return effect.excludesLoss(margins) && !effect.isSureLoss(margins)
  }

  /// The verdicts of the second stage. Of all these hypotheses together, at most `significance` of gates fail one that
  /// lost no more than is tolerated (Holm, 1979). One with too few rounds is inconclusive, and counts among them.
  public static func confirm(
    _ hypotheses: [GateHypothesis], limits: StageLimits, significance: Double
  ) -> [Confirmation] {
    let effects = hypotheses.map { hypothesis in
      hypothesis.differences.count < limits.minimum ? nil : PairedEffect(differences: hypothesis.differences)
    }
    let probabilities = zip(hypotheses, effects).map { hypothesis, effect in
      effect?.lossProbability(hypothesis.margins) ?? 1
    }
    let adjusted = holmAdjusted(probabilities)
    return hypotheses.indices.map { index in
      var verdict = FindingVerdict.inconclusive
      if let effect = effects[index] {
        if adjusted[index] <= significance {
          verdict = .regress
        } else if effect.excludesLoss(hypotheses[index].margins) {
          verdict = .pass
        }
      }
      return Confirmation(
        verdict: verdict, probability: probabilities[index], adjustedProbability: adjusted[index])
    }
  }
}
