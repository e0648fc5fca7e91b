// SPDX-License-Identifier: MIT

import Results

/// One of the results that a page shows: its rows, and what lies beside them.
public struct ReportResult {
  /// What the page calls it.
  public let name: String
  /// As it was given.
  public let path: String
  var rows = ReportRows()
  var timelines: [Cell: [Arm: ReportTimeline]] = [:]
  var effects: [ReportEffect] = []
  var environments: [EnvironmentLog.Environment] = []
  /// What a reader should know of the files, in sentences without a full stop.
  public private(set) var remarks: [String] = []

  /// What the file of an ablation's effects is called.
  public static let effectsName = "effects.csv"

  public init(name: String, path: String) {
    self.name = name
    self.path = path
  }

  public var hasFigures: Bool { rows.hasFigures }
  public var rowCount: Int { rows.facts.rowCount }
  public var hasEffects: Bool { !effects.isEmpty }
  public var workloads: [String] { Set(rows.cells.map(\.workload) + effects.map(\.cell.workload)).sorted() }
  /// The arms that have rows, the floor among them.
  public var arms: [Arm] { rows.arms }

  /// How processes ended, "3 crash, 1 timeout".
  public var endings: String {
    RunStatus.allCases.compactMap { status in
      rows.facts.statusCounts[status].map { "\($0) \(status.rawValue)" }
    }.joined(separator: ", ")
  }

  public mutating func remark(_ text: String) { remarks.append(text) }

  /// Reads rows, those of some workloads only unless the set is empty.
  public mutating func readSamples(path: String, workloads: Set<String> = []) throws {
    let reader = SampleReader(path: path)
    func counts(_ sample: Sample) -> Bool { workloads.isEmpty || workloads.contains(sample.cell.workload) }
    try reader.forEach { if counts($0) { rows.note($0) } }
    try reader.forEachEffectiveRow(arms: []) { if counts($1) { rows.add($1, row: $0) } }
    rows.close()
  }

  /// Reads the timelines of the rows that have been read.
  public mutating func readTimelines(path: String) throws {
    var current: (process: TimelineReader.Process, points: [TimelinePoint])?
    let processes = rows.processes
    func finish() {
      guard let (process, points) = current, let owner = processes[process] else { return }
      timelines[owner.cell, default: [:]][owner.arm, default: ReportTimeline()].append(points)
    }
    try TimelineReader(path: path).forEachPoint(where: { processes[$0] != nil }) { process, point in
      if current?.process != process {
        finish()
        current = (process, [])
      }
      current?.points.append(point)
    }
    finish()
  }

  /// Reads what an ablation found.
  public mutating func readEffects(path: String, workloads: Set<String> = []) throws {
    var number: UInt64 = 1
    try NamedColumns(path: path, names: ReportEffect.columns).forEachRow { row, places in
      number += 1
      let effect = try ReportEffect(row, places, number: number, path: path)
      if workloads.isEmpty || workloads.contains(effect.cell.workload) { effects.append(effect) }
    }
  }

  /// Reads the machines that rows name.
  public mutating func readEnvironments(path: String) throws {
    let known = Set(rows.facts.environments.map(\.identifier))
    environments = try EnvironmentLog.environments(path: path).filter { known.isEmpty || known.contains($0.identifier) }
  }
}
