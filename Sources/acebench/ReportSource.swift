// SPDX-License-Identifier: MIT

import Experiments
import Glibc
import Reports
import Results

/// A result that a report is asked for: a folder of a sweep or an ablation, or one of their files, with a name.
struct ReportSource {
  var name: String
  let path: String

  /// - Parameter argument: A path, or a name for it and the path: `old=results/a`.
  init(_ argument: String) {
    guard access(argument, F_OK) != 0, let mark = argument.firstIndex(of: "="), mark != argument.startIndex else {
      (name, path) = (Self.name(of: argument), argument)
      return
    }
    name = String(argument[..<mark])
    path = String(argument[argument.index(after: mark)...])
  }

  /// Results that are given by the same name are called by their paths.
  static func all(_ arguments: [String]) throws -> [ReportSource] {
    var sources = arguments.map(ReportSource.init)
    for source in sources where sources.count(where: { $0.path == source.path }) > 1 {
      throw Failure(error: "\(source.path) is given twice", status: .usage)
    }
    let names = sources.map(\.name)
    for index in sources.indices where names.count(where: { $0 == names[index] }) > 1 {
      sources[index].name = sources[index].path
    }
    return sources
  }

  /// The last part of a path: of a folder its name, of its rows the folder's, of another file its own without `.csv`.
  private static func name(of path: String) -> String {
    var parts = path.split(separator: "/").filter { $0 != "." }.map(String.init)
    if parts.count > 1, parts.last == samplesName || parts.last == ReportResult.effectsName { parts.removeLast() }
    let name = parts.last ?? path
    return name.hasSuffix(".csv") ? String(name.dropLast(4)) : name
  }

  private static let samplesName = "samples.csv"

  /// Reads what there is.
  func read(workloads: Set<String>) throws -> ReportResult {
    var status = stat()
    guard stat(path, &status) == 0 else { throw ResultsError.system(call: "open", path: path, errno: errno) }
    var result = ReportResult(name: name, path: path)
    guard status.st_mode & S_IFMT == S_IFDIR else {
      try readFile(&result, workloads)
      return result
    }
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let (samples, effects) = (folder + "/" + Self.samplesName, folder + "/" + ReportResult.effectsName)
    guard Self.exists(samples) || Self.exists(effects) else {
      throw Failure(
        error: "\(path) is no result: it has neither \(Self.samplesName) nor \(ReportResult.effectsName)",
        help: ["name the folder that 'acebench sweep', 'run', 'gate' or 'ablate' wrote, or a CSV of its rows"],
        status: .usage)
    }
    if Self.exists(samples) { try readSamples(samples, &result, workloads) }
    if Self.exists(effects) {
      try readTorn(effects, &result)
      try result.readEffects(path: effects, workloads: workloads)
    }
    try readBeside(folder, &result)
    return result
  }

  private func readFile(_ result: inout ReportResult, _ workloads: Set<String>) throws {
    let header = try NamedColumns.header(path: path)
    if header.contains("setting"), header.contains("verdict") {
      try readTorn(path, &result)
      return try result.readEffects(path: path, workloads: workloads)
    }
    if header.contains("op_index") {
      throw Failure(
        error: "\(path) has timelines, and not the rows that they belong to",
        help: ["name the folder, or the \(Self.samplesName) beside it"], status: .usage)
    }
    try readSamples(path, &result, workloads)
    // A file that somebody renamed or made has nothing of its own beside it.
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.last.map(String.init) == Self.samplesName else { return }
    try readBeside(parts.count > 1 ? parts.dropLast().joined(separator: "/") : ".", &result)
  }

  private func readSamples(_ samples: String, _ result: inout ReportResult, _ workloads: Set<String>) throws {
    try result.readSamples(path: samples, workloads: workloads)
    try readTorn(samples, &result)
    for further in SampleFile.existingPaths(for: samples) where further != samples {
      Diagnostic.warn("the rows in \(further) are left out; name the file to have them beside the others")
      result.remark("the rows in \(further) are left out: they have other columns")
    }
  }

  private func readBeside(_ folder: String, _ result: inout ReportResult) throws {
    let (timeline, environments) = (folder + "/timeline.csv", folder + "/env.jsonl")
    if result.hasFigures, Self.exists(timeline) {
      try result.readTimelines(path: timeline)
      try readTorn(timeline, &result)
    }
    if Self.exists(environments) { try result.readEnvironments(path: environments) }
  }

  /// Tells of a last row that was torn off while it was written, and is not read.
  private func readTorn(_ file: String, _ result: inout ReportResult) throws {
    guard try Self.isTorn(file) else { return }
    Diagnostic.warn("the last row of \(file) was cut off, and is left out")
    result.remark("the last row of \(file) was cut off, and is left out")
  }

  private static func isTorn(_ file: String) throws -> Bool {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ResultsError.system(call: "open", path: file, errno: errno) }
    defer { close(descriptor) }
    guard lseek(descriptor, -1, SEEK_END) >= 0 else { return false }
    var last: UInt8 = 0
    return Glibc.read(descriptor, &last, 1) == 1 && last != UInt8(ascii: "\n")
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }
}
