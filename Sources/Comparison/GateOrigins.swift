// SPDX-License-Identifier: MIT

import Results

/// Which rows come from which machine, session and file: of each there may be one.
struct GateOrigins: Sendable {
  private var environments: [GateFault.Group] = []
  private var sessions: [GateFault.Group] = []
  private var libraries: [GateRole: [GateFault.Group]] = [:]

  mutating func note(_ sample: Sample, role: GateRole, row: UInt64) {
    Self.add(row, named: sample.environment.identifier, to: &environments)
    Self.add(row, named: sample.sessionIdentifier, to: &sessions)
    Self.add(row, named: sample.library.sha256, to: &libraries[role, default: []])
  }

  /// Whether a row is of the arm.
  func has(_ role: GateRole) -> Bool { libraries[role] != nil }

  func faults() -> [GateFault] {
    var faults: [GateFault] = []
    if environments.count > 1 { faults.append(.mixedEnvironments(environments)) }
    if sessions.count > 1 { faults.append(.mixedSessions(sessions)) }
    for (role, groups) in libraries.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where groups.count > 1 {
      faults.append(.mixedLibraries(role, groups))
    }
    return faults
  }

  private static func add(_ row: UInt64, named name: String, to groups: inout [GateFault.Group]) {
    // The last group is nearly always the one: rows of one session are all there is.
    if let index = groups.lastIndex(where: { $0.name == name }) {
      groups[index].rows.append(row)
    } else {
      groups.append(GateFault.Group(name: name, rows: RowNumbers(row)))
    }
  }
}
