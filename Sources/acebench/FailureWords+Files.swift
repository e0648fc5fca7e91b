// SPDX-License-Identifier: MIT

import Experiments
import Glibc
import Program
import Results
import Trace
import Workloads

extension FailureWords {
  /// Of columns that are missing; a file that lacks more has nothing to do with acebench.
  private static let namedColumnCount = 6

  static func describe(_ error: ExperimentError) -> Failure {
    switch error {
    case .system(let call, let path, let code): return system(call, path, code)
    case .malformedExperiment(let path, let reason):
      return Failure(
        error: "\(path) is not an experiment: \(reason)", help: ["workloads/default.json5 shows every setting"],
        status: .usage)
    case .unknownWord(let setting, let word, let known):
      return Failure(
        error: "\(setting) does not take '\(word)'", help: ["it takes \(known.joined(separator: ", "))"], status: .usage
      )
    case .settingOutOfRange(let setting, let value, let minimum, let maximum):
      return Failure(
        error: "\(setting) cannot be \(value)", help: ["it goes from \(minimum) to \(maximum)"], status: .usage)
    case .unknownNode, .noNodeMemory, .missingNode: return describeNode(error)
    case .noOperations(let workload):
      return Failure(
        error: "\(workload) has no calls of an allocator: there is nothing to measure",
        help: ["'acebench trace info' shows what is in a trace"], status: .usage)
    case .nothingChosen(let what): return Failure(error: "the experiment has not chosen \(what)", status: .usage)
    case .unorderedMargins(let cell, let tolerate, let detect):
      return Failure(
        error: "\(cell) cannot tolerate \(tolerate) and detect \(detect)",
        help: ["both are fractions such as 0.02 and 0.05; what must be detected is more than what is tolerated"],
        status: .usage)
    case .malformedIgnore(let cell):
      return Failure(
        error: "\(cell) is ignored without a reason or a last day",
        help: [#"write ignore: { reason: "why", until: "2027-01-31" }"#], status: .usage)
    case .expiredIgnore(let cell, let until, let reason):
      return Failure(
        error: "\(cell) was ignored until \(until), and the day has passed", notes: ["the reason was: \(reason)"],
        help: ["judge the cell again, or give a later day"], status: .usage)
    case .repeatedCell(let cell):
      return Failure(error: "the gate has '\(cell)' twice with the same threads", status: .usage)
    case .folderInUse(let path):
      return Failure(
        error: "\(path) already has rows", help: ["give -o another folder: only rows of one run are judged together"],
        status: .usage)
    case .missingBaseline(let path):
      return Failure(
        error: "\(path) is missing: there is no baseline to hold the head against",
        help: ["'acebench gate --baseline \(path) --update' with --base and --head begins one; it takes five sessions"],
        status: .failed)
    case .malformedBaseline(let path, let reason):
      return Failure(
        error: "\(path) is not a usable baseline: \(reason)", help: ["restore it, or begin a new one with --update"],
        status: .failed)
    case .malformedSwitch(let text):
      return Failure(error: "'\(text)' is not a switch", help: ["write name=value or name=value,value"], status: .usage)
    case .unknownSwitch(let name, let known):
      return Failure(
        error: "ACE has no switch '\(name)'",
        help: suggestion(NearestName.suggestions(for: name, among: known)) + ["'acebench list knobs' shows them"],
        status: .usage)
    case .notANumber(let setting, let text):
      return Failure(error: "\(setting) takes a whole number, not '\(text)'", status: .usage)
    case .noKnobs(let allocator, let path):
      return Failure(
        error: "\(path) does not tell what can be set in it, as ACE does",
        help: ["leave switches out, or name \(allocator) a library of this version of ACE"], status: .unavailable)
    case .settingNotTaken(let arm, let reason):
      return Failure(
        error: "\(arm.allocator) is not set as \(arm.switches) says", notes: [reason],
        help: ["'acebench list knobs' shows what can be set"], status: .usage)
    case .notProbed(let allocator, let reason):
      return Failure(error: "\(allocator) cannot be asked what can be set in it", notes: [reason], status: .unavailable)
    case .interrupted: return Failure(error: "interrupted before anything was measured", status: .interrupted)
    case .workerMissing(let path):
      return Failure(
        error: "\(path) is missing", help: ["build all products: swift build -c release"], status: .unavailable)
    }
  }

  static func describe(_ error: TraceError) -> Failure {
    switch error {
    case .system(let call, let path, let code): return system(call, path, code)
    case .unknownFormat(let path):
      return Failure(error: "\(path) is in no trace format that acebench reads", status: .usage)
    case .unsupportedVersion(let path, let found, let supported):
      let range = "\(supported.lowerBound) to \(supported.upperBound)"
      let versions = supported.count == 1 ? "version \(supported.lowerBound)" : "versions \(range)"
      return Failure(
        error: "\(path) is a trace of version \(found)", notes: ["this acebench reads \(versions)"], status: .usage)
    case .unsuitable(let path, let what, let remedy):
      return Failure(error: "\(path) is \(what)", help: [remedy], status: .usage)
    case .malformed(let path, let byteOffset, let what):
      return Failure(error: "\(path) is damaged at byte \(byteOffset): \(what)", status: .failed)
    case .inconsistentEvents(let path, let eventIndex, let what):
      return Failure(error: "\(path) cannot be written: event \(eventIndex) makes no sense (\(what))", status: .failed)
    }
  }

  static func describe(_ error: ResultsError) -> Failure {
    switch error {
    case .system(let call, let path, let code): return system(call, path, code)
    case .locked(let path, let holder):
      return Failure(
        error: "\(path) is being written by " + (holder.map { "process \($0)" } ?? "another process"),
        help: ["wait for it, or give -o another folder"], status: .unavailable)
    case .malformedRow(let path, let row, _): return damaged(path, row, "it is not CSV")
    case .missingColumns(let path, let names):
      let rest = names.count - namedColumnCount
      return Failure(
        error: "\(path) lacks the columns \(names.prefix(namedColumnCount).joined(separator: ", "))"
          + (rest > 0 ? " and \(rest) more" : ""),
        help: rest > 0 ? ["what is read are the rows that acebench writes: samples.csv"] : [], status: .usage)
    case .unsupportedSchema(let path, let row, let found): return damaged(path, row, "it has schema version '\(found)'")
    case .fieldCount(let path, let row, let expected, let found):
      return damaged(path, row, "it has \(found) fields instead of \(expected)")
    case .malformedValue(let path, let row, let column, let text):
      return damaged(path, row, "'\(text)' is no value of \(column)")
    case .digestUnavailable:
      return Failure(error: "the system's libcrypto has no SHA-256", help: ["install OpenSSL 3"], status: .unavailable)
    }
  }

  static func describe(_ error: ProgramError) -> Failure {
    switch error {
    case .system(let call, let path, let code):
      var failure = system(call, path, code)
      failure.help.append("replay programs are kept in TMPDIR, /tmp unless set")
      return failure
    case .notAProgram(let path): return Failure(error: "\(path) is not a replay program of this build", status: .failed)
    }
  }

  private static func damaged(_ path: String, _ row: UInt64, _ what: String) -> Failure {
    Failure(error: "row \(row) of \(path) cannot be used: \(what)", status: .usage)
  }

  private static func system(_ call: String, _ path: String, _ code: Int32) -> Failure {
    let place = path == "descriptor \(STDOUT_FILENO)" ? "standard output" : path
    var failure = Failure(error: "\(place): \(String(cString: strerror(code))) (\(call))", status: .failed)
    switch code {
    case ENOENT, EACCES, EPERM: failure.status = .unavailable
    case ENOSPC, EDQUOT: failure.help = ["free some space; what was finished is on disk, and --resume goes on from it"]
    default: break
    }
    return failure
  }
}
