// SPDX-License-Identifier: MIT

/// What a comparison says of one metric of one cell.
public enum EffectVerdict: String, CaseIterable, Sendable {
  case better
  case worse
  /// The whole interval lies within the margin.
  case same
  /// None of the others can be said of so few rounds with so much scatter.
  case unclear
  /// The numbers must not be compared.
  case invalid
}
