// SPDX-License-Identifier: MIT

/// The settings of ACE whose values are words (docs/environment.md); `ace.h` describes only what is a number.
public enum ACEWords {
  public static let all: [(name: String, words: [String])] = [
    ("profile", ["full", "balanced", "conservative"]), ("engine", SwitchEnvironment.engineModes),
    ("goal", ["time", "balanced", "memory"]), ("route", ["tiny-first", "tiny-only", "pool-only"]),
  ]
}
