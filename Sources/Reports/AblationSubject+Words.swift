// SPDX-License-Identifier: MIT

import Comparison

extension AblationSubject {
  /// "tiering: on against off", "idle-trim with tiering".
  var words: String {
    switch self {
    case .effect(let contrast): contrast.words
    case .interaction(let first, let second):
      "\(Self.short(first)) together with \(Self.short(second))"
    }
  }

  /// The setting, with its values where those are not on and off.
  private static func short(_ contrast: AblationContrast) -> String {
    contrast.with == "on" && contrast.without == "off" ? contrast.name : "\(contrast.name)=\(contrast.with)"
  }
}
