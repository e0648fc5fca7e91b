// SPDX-License-Identifier: MIT

import Results

/// Which rows come from which machine, session and file: of each there may be one.
struct GateOrigins: Sendable {
  /// Rows that say the same, in order of appearance.
  private struct Groups {
    private(set) var all: [GateFault.Group] = []
    private var indices: [String: Int] = [:]

    mutating func add(_ row: UInt64, named name: String) {
      // The last group is nearly always the one: rows of one session are all there is.
      let known = all.last?.name == name ? all.count - 1 : indices[name]
      if let known { return all[known].rows.append(row) }
      indices[name] = all.count
      all.append(GateFault.Group(name: name, rows: RowNumbers(row)))
    }
  }

  private var environments = Groups()
  private var sessions = Groups()
  private var libraries: [GateRole: Groups] = [:]

  mutating func note(_ sample: Sample, role: GateRole, row: UInt64) {
    environments.add(row, named: sample.environment.identifier)
    sessions.add(row, named: sample.sessionIdentifier)
    libraries[role, default: Groups()].add(row, named: sample.library.sha256)
  }

  /// Whether a row is of the arm.
  func has(_ role: GateRole) -> Bool { libraries[role] != nil }

  func faults() -> [GateFault] {
    var faults: [GateFault] = []
    if environments.all.count > 1 { faults.append(.mixedEnvironments(environments.all)) }
    if sessions.all.count > 1 { faults.append(.mixedSessions(sessions.all)) }
    for (role, groups) in libraries.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where groups.all.count > 1 {
      faults.append(.mixedLibraries(role, groups.all))
    }
    return faults
  }
}
