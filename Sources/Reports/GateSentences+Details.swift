// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Statistics

extension GateSentences {
  /// One for each metric that is judged: how wide the intervals of half of the cells are at most, and which loss such
  /// an interval would not have told from one that is tolerated: 1 - (1 - tolerate) * exp(-half-width).
  var resolution: [String] {
    report.settings.judgedMetrics.compactMap { metric in
      // What stored sessions resolve is how far they scatter, which a warning says.
      let judged = report.findings.filter { $0.metric == metric && $0.verdict.counts && $0.history == nil }
      let widths = judged.compactMap(\.halfWidthLog)
      let losses = judged.compactMap { finding in
        finding.halfWidthLog.flatMap { width in
          finding.margins.map { 1 - exp($0.tolerateLog - width) }
        }
      }
      guard let width = SortedSample(widths)?.median, let loss = SortedSample(losses)?.median else { return nil }
      return "resolution of \(metric.words): median half-width \(NumberFormat.percent(expm1(width))); "
        + "losses below \(NumberFormat.percent(loss)) would have been missed"
    }
  }

  var controls: [String] {
    report.controls.map { control in
      let subject = control.role == .baseSlowed ? "the base slowed down on purpose" : "a copy of the base"
      let verdict =
        switch (control.role, control.hasHeld) {
        case (.baseSlowed, true) where control.highRatio ?? 1 < 1: "seen, as it has to be"
        case (.baseSlowed, true): "did not pass, as it must not"
        case (.baseSlowed, false): "NOT SEEN"
        case (_, true): "no difference, as it has to be"
        case (_, false): "DIFFERS FROM ITS TWIN"
        }
      guard let ratio = control.ratio else { return "\(subject): no rounds" }
      var figures = NumberFormat.ratio(ratio)
      if let low = control.lowRatio, let high = control.highRatio {
        figures += " (\(NumberFormat.ratio(low)) to \(NumberFormat.ratio(high)))"
      }
      let rounds = control.roundCount == 1 ? "1 round" : "\(control.roundCount) rounds"
      return "\(subject): \(figures) in \(rounds): \(verdict)"
    }
  }

  /// What the place in a round does, over all cells; nil where it was not looked at.
  var slotEffect: String? {
    let effects = report.slotEffects.map(\.effect.magnitude)
    guard let median = SortedSample(effects)?.median,
      let largest = report.slotEffects.max(by: { $0.effect.magnitude < $1.effect.magnitude })
    else { return nil }
    let sign = largest.effect < 0 ? "slower" : "faster"
    return "running second: median effect \(NumberFormat.percent(median)), largest "
      + "\(NumberFormat.percent(largest.effect.magnitude)) \(sign) on \(largest.title)"
  }

  /// What the findings were held against that stored sessions have.
  var history: [String] {
    (report.findings + report.suites).compactMap { finding in
      guard let history = finding.history else { return nil }
      let sessions = history.sessionCount == 1 ? "1 stored session" : "\(history.sessionCount) stored sessions"
      let mean = history.meanRatio.map { ", mean ratio \(NumberFormat.ratio($0))" } ?? ""
      let allowance =
        history.allowance.map { ", of which another may differ by \(NumberFormat.percent(expm1($0)))" } ?? ""
      return "\(finding.title), \(finding.metric.words): \(sessions)\(mean)\(allowance)"
    }
  }

  /// Names and values of what was compared and where.
  var facts: [(name: String, value: String)] {
    let facts = report.facts
    let steal = facts.stolenTickCount.map { ticks in
      "\(NumberFormat.significant(Double(ticks) / 100)) s of processor time"
    }
    let all: [(name: String, value: String)] = [
      ("base", Self.file(facts.basePath, facts.baseSHA256)), ("head", Self.file(facts.headPath, facts.headSHA256)),
      ("processor", facts.processorModel + (facts.coreCount > 0 ? ", \(facts.coreCount) logical" : "")),
      ("kernel", facts.kernel), ("hypervisor", facts.hypervisor), ("stolen meanwhile", steal ?? "not known"),
      ("environment", facts.environmentIdentifier), ("session", facts.sessionIdentifier),
      ("began, ended", facts.began.isEmpty ? "" : "\(facts.began), \(facts.ended)"),
      ("processes", "\(facts.processCount)"),
      ("acebench", [facts.harnessVersion, facts.harnessCommit].filter { !$0.isEmpty }.joined(separator: " ")),
    ]
    return all.filter { !$0.value.isEmpty }
  }

  private static func file(_ path: String, _ digest: String) -> String {
    [path, digest.isEmpty ? "" : "(SHA-256 \(digest.prefix(16)))"].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
