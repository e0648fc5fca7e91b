// SPDX-License-Identifier: MIT

/// The verdict of a gate with all that it rests on. It depends on the rows and the settings alone: a gate that is read
/// again from its file has the same report, byte for byte.
public struct GateReport: Codable, Equatable, Sendable {
  public static let currentSchemaVersion = 1

  public var schemaVersion = GateReport.currentSchemaVersion
  public var verdict: GateVerdict
  /// Why the verdict is INVALID or ERROR, and which rows say so.
  public var reasons: [String] = []
  /// What weakens a verdict without ending it.
  public var warnings: [String] = []
  /// Cells in their order, metrics in theirs.
  public var findings: [GateFinding] = []
  /// The means over all cells, one for each metric.
  public var suites: [GateFinding] = []
  public var controls: [ControlFinding] = []
  public var slotEffects: [SlotEffect] = []
  public var facts: GateFacts
  public var settings: GateSettings

  public var exitCode: Int32 { verdict.exitCode }

  /// Findings that count, of cells and means.
  public var judged: [GateFinding] { (findings + suites).filter(\.verdict.counts) }

  /// How many of those have a verdict.
  public func count(_ verdict: FindingVerdict) -> Int { (findings + suites).count { $0.verdict == verdict } }

  /// The last line of standard output, for scripts.
  ///
  /// - Parameter exitCode: What the program ends with, which may have been told to make less of the verdict.
  public func summaryLine(exitCode: Int32) -> String {
    "acebench-gate verdict=\(verdict.rawValue) exit=\(exitCode) cells=\(settings.cells.count) "
      + "regress=\(count(.regress)) inconclusive=\(count(.inconclusive))"
  }
}
