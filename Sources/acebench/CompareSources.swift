// SPDX-License-Identifier: MIT

import Comparison
import Results

/// Where the rows of a comparison come from: one result, or two.
struct CompareSources {
  let base: ComparedRows
  /// Nil where both sides are of one result.
  let candidate: ComparedRows?
  let basePath: String
  let candidatePath: String

  /// The workloads of all rows.
  var workloads: [String] { Set((base.cells + (candidate?.cells ?? [])).map(\.workload)).sorted() }

  /// Who is compared with whom.
  func arms(base baseName: String?, candidate candidateName: String?) throws -> [ComparedArms] {
    let others = candidate ?? base
    if let baseName, let candidateName {
      let arms = ComparedArms(
        base: try CompareChoices.arm(baseName, among: base.arms, of: basePath),
        candidate: try CompareChoices.arm(candidateName, among: others.arms, of: candidatePath))
      guard candidate != nil || arms.base != arms.candidate else {
        throw Failure(error: "\(ComparedArmName.text(arms.base)) is compared with itself", status: .usage)
      }
      return [arms]
    }
    guard baseName == nil, candidateName == nil else {
      throw Failure(error: "--base and --candidate are given together", status: .usage)
    }
    guard let candidate else { throw needsChoice() }
    let common = base.competitors.filter { candidate.competitors.contains($0) }
    guard !common.isEmpty else {
      throw Failure(
        error: "the results have no allocator in common",
        notes: [Self.words(basePath, base), Self.words(candidatePath, candidate)],
        help: ["choose one of each: --base NAME --candidate NAME"], status: .usage)
    }
    return common.map { ComparedArms(base: $0, candidate: $0) }
  }

  /// Whether one and the same file was measured on both sides.
  func haveSameFile(_ arms: ComparedArms) -> Bool {
    guard let candidate, arms.base == arms.candidate, let first = base.library(of: arms.base),
      let second = candidate.library(of: arms.candidate)
    else { return false }
    return !first.sha256.isEmpty && first.sha256 == second.sha256
  }

  private func needsChoice() -> Failure {
    let names = base.competitors.map(ComparedArmName.text)
    guard names.count > 1 else {
      return Failure(
        error: "\(basePath) has one allocator only: there is nothing to compare it with",
        notes: [Self.words(basePath, base)], help: ["name a second result"], status: .usage)
    }
    let command = CompareCommands.compare([basePath], base: base.competitors[0], candidate: base.competitors[1])
    return Failure(
      error: "who is compared with whom is missing", notes: [Self.words(basePath, base)],
      help: ["for example: \(command)"], status: .usage)
  }

  private static func words(_ path: String, _ rows: ComparedRows) -> String {
    "\(path) has \(rows.arms.map(ComparedArmName.text).joined(separator: ", "))"
  }
}

extension CompareSources {
  /// One result that was measured just now.
  init(_ rows: ComparedRows, path: String) {
    base = rows
    candidate = nil
    basePath = path
    candidatePath = path
  }

  /// Reads results.
  init(_ paths: [String], metrics: [Metric]) throws {
    guard let first = paths.first, paths.count <= 2 else {
      throw Failure(
        error: paths.isEmpty ? "there is nothing to compare" : "\(paths.count) results cannot be compared at once",
        help: [
          "two allocators now: acebench compare --base system --candidate ace",
          "two allocators of one result: acebench compare RESULT --base system --candidate ace",
          "two results: acebench compare OLD NEW",
        ], status: .usage)
    }
    guard Set(paths).count == paths.count else {
      throw Failure(error: "\(first) is compared with itself", status: .usage)
    }
    basePath = first
    candidatePath = paths[paths.count - 1]
    base = try Self.read(basePath, metrics)
    candidate = paths.count == 2 ? try Self.read(candidatePath, metrics) : nil
  }

  private static func read(_ path: String, _ metrics: [Metric]) throws -> ComparedRows {
    let file = ComparedFile(path: path)
    let rows = try file.rows(metrics: metrics)
    if rows.rowCount == 0 {
      throw try file.isEmpty()
        ? Failure(error: "\(file.samplesPath) has no rows", status: .usage)
        : Failure(error: "no process of \(file.samplesPath) finished: there is nothing to compare", status: .invalid)
    }
    for further in file.furtherPaths {
      Diagnostic.warn("the rows in \(further) are left out; compare them by naming the file")
    }
    return rows
  }
}
