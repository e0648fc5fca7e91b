// SPDX-License-Identifier: MIT

/// What a search may move, and how far.
public struct TuningSpace: Sendable {
  public var variables: [TuningVariable]

  public init(_ variables: [TuningVariable]) { self.variables = variables }

  /// Every variable moved alone to each of its levels, profiles and the engine first.
  func singles(for goal: TuningGoal) -> [TuningCandidate] {
    variables.flatMap(\.settings).map { candidate([$0], for: goal) }
  }

  /// A candidate with these settings. An engine that acts is told the goal: it would else work against the search.
  func candidate(_ settings: [TuningSetting], for goal: TuningGoal) -> TuningCandidate {
    var settings = settings.filter { $0.name != "goal" }
    let engine = settings.last { $0.name == "engine" }?.value
    let isEngineOn = engine == "on" || engine == nil && settings.contains(TuningSetting("profile", "full"))
    if isEngineOn, goal != .balanced { settings.append(TuningSetting("goal", goal.rawValue)) }
    return TuningCandidate(settings)
  }
}
