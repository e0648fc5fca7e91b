// SPDX-License-Identifier: MIT

/// Something that a profile shows; each is measured in a pass of its own.
enum ProfileSection: String, CaseIterable {
  case counters
  case syscalls
  case cpu
  case allocations

  /// Whether it is a table, which may go to standard output for programs to read.
  var isTable: Bool { self == .counters || self == .syscalls }

  /// Reads the words of `--show`; nil when there are none.
  static func sections(_ texts: [String]) throws -> [ProfileSection]? {
    let names = texts.flatMap { $0.split(separator: ",").map(String.init) }
    guard !names.isEmpty else { return nil }
    let chosen = try names.map { try MeasureOptions.choice("--show", $0, allCases.map(\.rawValue)) }
    return allCases.filter { chosen.contains($0.rawValue) }
  }
}
