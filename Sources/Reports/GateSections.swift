// SPDX-License-Identifier: MIT

import Comparison

/// The findings of a gate, cells and means, in the order in which they are read: the worst first.
struct GateSections {
  let regressed: [GateFinding]
  let inconclusive: [GateFinding]
  let ignored: [GateFinding]
  let improved: [GateFinding]
  /// Passed, and not surely better.
  let withinTolerance: [GateFinding]
  /// Measured beside what counts.
  let reported: [GateFinding]

  init(_ report: GateReport) {
    let all = report.findings + report.suites
    func worstFirst(_ verdict: FindingVerdict) -> [GateFinding] {
      all.enumerated().filter { $0.element.verdict == verdict }.sorted { first, second in
        let losses = (first.element.goodnessRatio ?? 1, second.element.goodnessRatio ?? 1)
        return losses.0 == losses.1 ? first.offset < second.offset : losses.0 < losses.1
      }.map(\.element)
    }
    regressed = worstFirst(.regress)
    inconclusive = worstFirst(.inconclusive)
    ignored = worstFirst(.ignored)
    improved = worstFirst(.pass).filter(\.hasImproved).reversed()
    withinTolerance = all.filter { $0.verdict == .pass && !$0.hasImproved }
    reported = all.filter { $0.verdict == .reported }
  }

  var notPassed: [GateFinding] { regressed + inconclusive + ignored }

  var areOnlyIgnored: Bool { regressed.isEmpty && inconclusive.isEmpty }

  /// "2 regressed, 1 improved, 6 within tolerance": what there is none of is left out.
  var counts: String {
    let counts = [
      (regressed.count, "regressed"), (inconclusive.count, "inconclusive"), (improved.count, "improved"),
      (withinTolerance.count, "within tolerance"), (ignored.count, "ignored"),
    ].filter { $0.0 > 0 }
    return counts.isEmpty ? "nothing judged" : counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
