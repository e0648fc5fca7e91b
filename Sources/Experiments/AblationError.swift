// SPDX-License-Identifier: MIT

/// Why an ablation could not be planned.
public enum AblationError: Error, Equatable {
  /// A name that is none of ACE's settings.
  case unknownSetting(name: String, known: [String])
  /// A knob without a value: which of so many is worth a look, nobody knows.
  case valueMissing(name: String, minimum: UInt64, maximum: UInt64)
  /// A base that is none of the profiles.
  case unknownBase(String, known: [String])
  /// What the base has already: there is no difference to measure.
  case noChange(setting: String, base: String)
  /// A number of settings whose combinations are too few or too many.
  case factorCount(Int, largest: Int)
  /// Two values of one setting cannot be combined, nor can a whole profile with single settings.
  case notCombinable(setting: String)
  /// A folder whose rows are of no ablation.
  case notAnAblation(path: String)
}
