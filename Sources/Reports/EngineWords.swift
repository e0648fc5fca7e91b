// SPDX-License-Identifier: MIT

import Results

/// What there is to say of ACE's engine beside its decisions.
struct EngineWords {
  private let figures: ACEFigures

  init(_ figures: ACEFigures) { self.figures = figures }

  /// The engine's modes, as `enum ace_engine` numbers them.
  private enum Mode: UInt64 {
    case off
    case observe
    case on
  }

  private var mode: Mode? { figures.process["engine_mode"].flatMap(Mode.init) }

  /// Why a process has no decisions.
  var whyNone: String {
    let observationCount = figures.process["observation_count"] ?? 0
    switch mode {
    case nil: return "none: this library has no engine"
    case .off: return "none: the engine is off; --switch engine=on lets it decide"
    case .observe, .on:
      guard observationCount > 0 else {
        return "none: the run was over before the engine had seen anything; --repeat makes it longer"
      }
      let seen = observationCount == 1 ? "1 observation" : "\(observationCount) observations"
      return "none: in \(seen) the engine found nothing to change"
        + (mode == .observe ? "; it only observes, and --switch engine=on has it try more" : "")
    }
  }

  /// What the decisions do not say themselves.
  var remarks: [String] {
    var remarks: [String] = []
    let madeCount = figures.process["decision_count"] ?? 0
    let lostCount = figures.decisions.first.map { $0.sequence - 1 } ?? 0
    if lostCount > 0 { remarks.append("the first \(lostCount) of \(madeCount) decisions are no longer known") }
    if figures.decisions.contains(where: { !$0.wasApplied }), mode == .observe {
      remarks.append("the engine only observed: nothing was changed; --switch engine=on applies what it decides")
    }
    return remarks
  }
}
