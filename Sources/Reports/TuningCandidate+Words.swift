// SPDX-License-Identifier: MIT

import Comparison

extension TuningCandidate {
  /// "purge-delay-ms 1000, eager-free on".
  public var words: String {
    isInitial ? "the defaults" : settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }
}
