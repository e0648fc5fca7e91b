// SPDX-License-Identifier: MIT

import ArgumentParser
import Experiments
import Reports

/// `acebench doctor`
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what on this machine makes numbers untrustworthy, and what mends it.")

  @OptionGroup(title: "Output") var show: OutputOptions

  func run() throws {
    show.apply()
    let findings = try Doctor(worker: try WorkerLocation.path(), recorder: try? WorkerLocation.recorder()).examine()
    if show.format == .text {
      for finding in findings { Streams.writeOutput(text(finding)) }
    } else {
      var table = RecordTable(fields: ["check", "verdict", "finding", "remedy"])
      for finding in findings {
        table.append([
          .text(finding.check), .text(finding.verdict.rawValue), .text(finding.finding), .text(finding.remedy),
        ])
      }
      show.show(table)
    }
    if findings.contains(where: { $0.verdict == .blocked }) { throw ExitCode(Status.unavailable.rawValue) }
  }

  private func text(_ finding: Doctor.Finding) -> String {
    let color =
      switch finding.verdict {
      case .good: "32"
      case .doubtful: "33"
      case .blocked: "31"
      }
    let word = finding.verdict.rawValue
    let label = Terminal.colorsOutput ? "\u{1b}[\(color)m\(word)\u{1b}[0m" : word
    let space = String(repeating: " ", count: 9 - word.count)
    let remedy = finding.remedy.isEmpty ? "" : "          → \(finding.remedy)\n"
    return "\(label)\(space) \(finding.check): \(finding.finding)\n\(remedy)"
  }
}
