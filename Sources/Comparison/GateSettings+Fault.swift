// SPDX-License-Identifier: MIT

extension GateSettings {
  /// Why no rows can be judged by them, in one sentence without a full stop; nil for those that a gate can have had.
  /// Settings come from a file that anyone may have written.
  public var fault: String? {
    cellFault ?? marginFault ?? limitFault ?? numberFault ?? controlFault
  }

  private var cellFault: String? {
    var identifiers: Set<String> = []
    for cell in cells {
      guard identifiers.insert(cell.identifier).inserted else { return "it has the cell '\(cell.identifier)' twice" }
      if cell.metrics.isEmpty { return "nothing of the cell '\(cell.identifier)' is judged" }
      if cell.ignore?.isValid == false { return "'\(cell.identifier)' is ignored without a reason or a last day" }
    }
    return nil
  }

  private var marginFault: String? {
    let all = cells.map { ("'\($0.identifier)'", $0.metrics) } + [("the mean over all cells", suiteMargins)]
    for (name, metrics) in all {
      for (metric, margins) in metrics.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where !margins.isValid {
        return "\(name) cannot tolerate \(margins.tolerate) and detect \(margins.detect) of \(metric.rawValue)"
      }
    }
    return nil
  }

  private var limitFault: String? {
    GateStage.allCases.first { !limits($0).isValid }.map { stage in
      let limits = limits(stage)
      return "the stage '\(stage)' cannot have \(limits.minimum) to \(limits.maximum) rounds in steps of \(limits.step)"
    }
  }

  private var numberFault: String? {
    if !(significance > 0 && significance < 0.5) { return "significance cannot be \(significance)" }
    if !(injectedSlowdown >= 0 && injectedSlowdown.isFinite) { return "injectedSlowdown cannot be \(injectedSlowdown)" }
    return nil
  }

  private var controlFault: String? {
    guard let controlCellIdentifier, control == nil else { return nil }
    return "the controls have run in '\(controlCellIdentifier)', of which the time pass judges nothing"
  }
}
