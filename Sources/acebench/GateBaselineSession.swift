// SPDX-License-Identifier: MIT

import Comparison
import Experiments

/// A gate that holds its head against stored sessions, and may become one of them.
struct GateBaselineSession {
  var plan: GatePlan
  /// The file of the sessions.
  var path: String
  /// Whether this session is added to it.
  var updates: Bool
  var folder: String

  func run(isQuiet: Bool) throws -> GateResult {
    let file = GateHistoryFile(path: path)
    // Read before anything is measured: a file that is missing or damaged should not cost ten minutes.
    let history = updates ? try file.readIfPresent() : try file.read()
    let (evidence, ending) = try MeasuredGate(plan, folder: folder, stages: [.screen], isQuiet: isQuiet).measure()
    guard let identity = GateIdentity(evidence.facts, plan.settings) else {
      preconditionFailure("a plan knows what it runs, and by which worker")
    }
    let judge = HistoryJudge(plan.settings, evidence, history: history, identity: identity, isRecording: updates)
    let result = GateResult(report: judge.report(), wasInterrupted: ending == .interrupted)
    guard updates, !result.wasInterrupted else { return result }
    do {
      let count = try file.append(try judge.session()).sessions.count
      if !isQuiet { Diagnostic.note("\(path) has \(count == 1 ? "1 session" : "\(count) sessions") now") }
    } catch let refusal as GateSessionRefusal {
      Diagnostic.warn("the session is not added to \(path): \(refusal.reasons.joined(separator: "; "))")
    }
    return result
  }
}
