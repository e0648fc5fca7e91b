// SPDX-License-Identifier: MIT

@testable import ACEHosted

/// Tags and links of runs in an array. One test at a time uses it.
enum ArrayRunStore: RunStore {
  struct Entry: Equatable {
    var tag = RunTag.border
    var next: UInt32 = 0
    var previous: UInt32 = 0
  }

  nonisolated(unsafe) static var entries: [Entry] = []

  /// Units 1…unitCount between two borders, none of them part of a run yet.
  static func reset(unitCount: UInt32) { entries = Array(repeating: Entry(), count: Int(unitCount) + 2) }

  static func tag(_ unit: UInt32) -> RunTag { entries[Int(unit)].tag }
  static func setTag(_ unit: UInt32, _ tag: RunTag) { entries[Int(unit)].tag = tag }
  static func next(_ unit: UInt32) -> UInt32 { entries[Int(unit)].next }
  static func setNext(_ unit: UInt32, _ next: UInt32) { entries[Int(unit)].next = next }
  static func previous(_ unit: UInt32) -> UInt32 { entries[Int(unit)].previous }
  static func setPrevious(_ unit: UInt32, _ previous: UInt32) { entries[Int(unit)].previous = previous }
}
