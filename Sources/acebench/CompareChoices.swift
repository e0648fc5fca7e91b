// SPDX-License-Identifier: MIT

import Comparison
import Results
import Workloads

/// What was asked to be compared, found among what there is.
enum CompareChoices {
  /// Metrics by their columns or by the words that the gate has for them; the usual ones when none is asked for.
  static func metrics(_ texts: [String]) throws -> [Metric] {
    let names = texts.flatMap { $0.split(separator: ",").map(String.init) }
    guard !names.isEmpty else { return Metric.comparedByDefault }
    return try names.reduce(into: []) { chosen, name in
      let metric = try metric(name)
      if !chosen.contains(metric) { chosen.append(metric) }
    }
  }

  private static func metric(_ name: String) throws -> Metric {
    let comparable = Metric.allCases.filter { $0.direction != .neither }.map(\.column)
    guard let metric = GateMetric(rawValue: name)?.metric ?? Metric(rawValue: name) else {
      let words = GateMetric.allCases.map(\.rawValue)
      throw Failure(
        error: "no metric is called '\(name)'",
        help: FailureWords.suggestion(NearestName.suggestions(for: name, among: words + comparable))
          + ["'acebench list metrics' shows them"], status: .usage)
    }
    guard metric.direction != .neither else {
      throw Failure(
        error: "no value of \(metric.column) is better than another: it describes the run",
        help: ["these can be compared: \(comparable.joined(separator: ", "))"], status: .usage)
    }
    return metric
  }

  /// The names of workloads, all of which there are.
  static func workloads(_ names: [String], among known: [String]) throws -> Set<String> {
    for name in names where !known.contains(name) {
      throw Failure(
        error: "no row is of a workload called '\(name)'",
        help: FailureWords.suggestion(NearestName.suggestions(for: name, among: known))
          + ["there are rows of \(known.joined(separator: ", "))"], status: .usage)
    }
    return Set(names)
  }

  /// The arm of a name.
  static func arm(_ name: String, among arms: [Arm], of path: String) throws -> Arm {
    if let arm = ComparedArmName.find(name, among: arms) { return arm }
    let names = arms.map(ComparedArmName.text)
    throw Failure(
      error: "\(path) has no allocator '\(name)'",
      help: FailureWords.suggestion(NearestName.suggestions(for: name, among: names))
        + ["it has \(names.joined(separator: ", "))"], status: .usage)
  }
}
