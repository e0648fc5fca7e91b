// SPDX-License-Identifier: MIT

/// What a finding of an ablation is about.
public enum AblationSubject: Hashable, Sendable {
  /// What one setting is worth: with less without.
  case effect(AblationContrast)
  /// How much more the first setting is worth with the second than without it, which is the same the other way round.
  case interaction(AblationContrast, AblationContrast)
}
