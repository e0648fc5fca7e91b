// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments

/// What a gate does when its verdict is there: shows it, writes it where it is asked for, and ends with its exit code.
struct GateClosing {
  var warnsOfInconclusive: Bool
  var isAdvisory: Bool
  var show: OutputOptions
  var folder: String?

  func close(_ report: GateReport, reproduction: [String]) throws {
    try close(GateResult(report: report), in: nil, reproduction: reproduction)
  }

  func close(_ result: GateResult, in folder: String?, reproduction: [String]) throws {
    let report = result.report
    for finding in report.findings + report.suites {
      Streams.writeOutput(
        "\(finding.title) \(finding.metric) \(finding.verdict) \(finding.stage) n=\(finding.roundCount) \(finding.ratio ?? 0) [\(finding.lowRatio ?? 0), \(finding.highRatio ?? 0)] sd \(finding.standardDeviation ?? 0) p \(finding.probability ?? 9) holm \(finding.adjustedProbability ?? 9) \(finding.baseMedian ?? 0) \(finding.headMedian ?? 0)\n"
      )
    }
    for control in report.controls { Streams.writeOutput("\(control)\n") }
    for effect in report.slotEffects { Streams.writeOutput("\(effect)\n") }
    for reason in report.reasons { Streams.writeOutput("reason: \(reason)\n") }
    for warning in report.warnings { Streams.writeOutput("warning: \(warning)\n") }
    Streams.writeOutput(report.summaryLine(exitCode: report.exitCode) + "\n")
  }
}
