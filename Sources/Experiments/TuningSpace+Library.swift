// SPDX-License-Identifier: MIT

import Allocators
import Comparison

extension TuningSpace {
  /// What a library with these knobs has of it: values within its ranges, but for those that it has anyway.
  public func fitted(to knobs: [ACEKnob]) -> TuningSpace {
    let words = Set(ACEWords.all.map(\.name))
    return TuningSpace(
      variables.compactMap { variable in
        if words.contains(variable.name) { return variable }
        guard let knob = knobs.first(where: { $0.name == variable.name }) else { return nil }
        let levels = ([variable.initial] + variable.levels).filter { level in
          level != knob.initialText && (try? SwitchRules.check(knob.name, level, [knob])) != nil
        }
        return levels.isEmpty ? nil : TuningVariable(knob.name, initial: knob.initialText, levels: levels)
      })
  }
}

extension ACEKnob {
  /// The initial value as `ACE_POLICY` takes it.
  fileprivate var initialText: String {
    switch kind {
    case .switch: initialValue == 1 ? "on" : "off"
    case .number: String(initialValue)
    }
  }
}
