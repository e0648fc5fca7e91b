// SPDX-License-Identifier: MIT

import Profiling
import Reports

/// Writes a profile of stacks in the forms that viewers read.
struct ProfileFiles {
  /// The folder, which exists.
  var folder: String

  /// Writes `<name>.folded` and `<name>.svg` of one measure.
  func writeGraph(_ profile: StackProfile, name: String, measure: Int = 0) throws {
    try write(name + ".folded") { FoldedStacks.write(profile, measures: [measure], to: $0) }
    try write(name + ".svg") { Flamegraph(profile, measure: measure).write(to: $0) }
  }

  /// Writes `<name>.speedscope.json`, `<name>.pb.gz`, and the functions as `<name>.csv` and `<name>.json`; each has all measures.
  func writeAll(_ profile: StackProfile, name: String) throws {
    try write(name + ".speedscope.json") { SpeedscopeFile.write(profile, to: $0) }
    try write(name + ".pb.gz") { try PprofFile.write(profile, to: $0) }
    let functions = FunctionRecords.table(of: FunctionTotals(profile))
    try write(name + ".csv") { $0.write(text: functions.render(.csv)) }
    try write(name + ".json") { $0.write(text: functions.render(.json)) }
  }

  /// Writes a profile of allocations as DHAT's viewer reads it.
  func writeHeapProfile(_ profile: StackProfile, name: String) throws {
    try write(name) { try DHATFile.write(profile, to: $0) }
  }

  /// Writes `<name>.svg`: where the second takes more of its whole than the first, and where less.
  func writeDifference(
    _ before: StackProfile, named beforeName: String, _ after: StackProfile, named afterName: String,
    measure: ProfileMeasure, title: String, name: String
  ) throws {
    let difference = try DifferentialFlamegraph(
      before: before, named: beforeName, after: after, named: afterName, measure: measure, title: title)
    try write(name + ".svg") { difference.write(to: $0) }
  }

  /// A name for a file from one for people, which may have settings and slashes in it.
  static func fileName(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.=".contains($0)) ? $0 : "_" })
  }

  private func write(_ name: String, _ body: (ProfileOutput) throws -> Void) throws {
    let output = try ProfileOutput(path: "\(folder)/\(name)")
    try body(output)
    try output.finish()
  }
}
