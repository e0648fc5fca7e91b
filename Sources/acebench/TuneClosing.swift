// SPDX-License-Identifier: MIT

import ArgumentParser
import Comparison
import Experiments
import Reports

/// What a search does when it is over: shows what it found, writes the file of settings, and ends with an exit code.
struct TuneClosing {
  var plan: TuningPlan
  var conf: TuneConfFile
  var folder: String
  var show: OutputOptions

  func close(_ search: TuningSearch, _ ending: TuningEnding, isCutShort: Bool) throws {
    if case .defaultsFailed = ending {
      throw failure("the defaults could not be measured: there is nothing to compare with")
    }
    if case .candidatesFailed = ending { throw failure("no candidate but the defaults could be measured") }
    showResults(search, ending)
    if isCutShort {
      Diagnostic.warn(
        "the time limit cut the search short; --time-limit gives it longer, --candidates makes it smaller")
    }
    switch ending {
    case .better(let standing): try write(standing)
    case .notBetter: noteNoFile(next: nil)
    case .undecided:
      noteNoFile(next: "--time-limit gives it longer")
      throw ExitCode(Status.inconclusive.rawValue)
    case .winnerFailed:
      noteNoFile(next: nil)
      throw ExitCode(Status.failed.rawValue)
    case .interrupted:
      Diagnostic.warn("interrupted; rows are kept in \(folder), no settings are written")
      throw ExitCode(Status.interrupted.rawValue)
    case .defaultsFailed, .candidatesFailed: break
    }
  }

  private func showResults(_ search: TuningSearch, _ ending: TuningEnding) {
    switch show.format {
    case .json, .csv: show.show(TuningRecords.table(search.frontier, ending))
    case .text, .markdown:
      let frontier = search.frontier
      let table =
        frontier.isEmpty ? "" : TuningTable.table(frontier).render(show.tableStyle, width: Terminal.width)
      let item = show.format == .markdown ? "- " : ""
      let sentences = TuningSentences.text(ending).map { "\(item)\($0)\n" }.joined()
      Streams.writeOutput(table + (sentences.isEmpty ? "" : "\n" + sentences))
    }
  }

  private func write(_ standing: TuningStanding) throws {
    try conf.write(
      TuningConf(
        standing: standing, goal: plan.goal, workload: plan.workload, library: plan.library,
        seed: plan.plan.description.seed, date: SessionIdentifier.utcNow(), harnessVersion: HarnessVersion.current))
    if show.quiet { return }
    let next = ["ACE_CONF=" + Paths.absolute(conf.path), "LD_PRELOAD=" + plan.library.path].map(ShellText.assignment)
    Diagnostic.note("settings are in \(conf.path), rows in \(folder); next: \(next.joined(separator: " ")) PROGRAM")
  }

  private func noteNoFile(next: String?) {
    if show.quiet { return }
    let file = conf.exists ? "\(conf.path) is left as it was" : "\(conf.path) is not written"
    Diagnostic.note("\(file); rows are in \(folder)" + (next.map { "; next: \($0)" } ?? ""))
  }

  private func failure(_ error: String) -> Failure {
    Failure(error: error, notes: ["rows are in \(folder)"], status: .failed)
  }
}
