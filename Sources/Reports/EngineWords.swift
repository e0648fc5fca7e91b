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
    let tickCount = figures.process["tick_count"] ?? 0
    let observationCount = figures.process["observation_count"] ?? 0
    switch mode {
    case nil: return "none: this library has no engine"
    case .off: return "none: the engine is off; --switch engine=on lets it decide"
    case .observe, .on:
      guard observationCount > 0 else {
        return tickCount == 0
          ? "none: the run was over before ACE's first tick; --repeat makes it longer"
          : "none: in \(Self.count(tickCount, "tick")) no thread had anything for the engine to go by"
      }
      let seen = Self.count(observationCount, "observation")
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

  private static func count(_ count: UInt64, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
