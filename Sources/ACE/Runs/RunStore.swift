// SPDX-License-Identifier: MIT

/// Where the tags and links of runs are kept. Units are numbered through a whole region of the span; unit 0 is never part of
/// a run, and stands for none.
protocol RunStore {
  static func tag(_ unit: UInt32) -> RunTag
  static func setTag(_ unit: UInt32, _ tag: RunTag)
  /// The next free run of the same bin; 0 when there is none.
  static func next(_ unit: UInt32) -> UInt32
  static func setNext(_ unit: UInt32, _ next: UInt32)
  static func previous(_ unit: UInt32) -> UInt32
  static func setPrevious(_ unit: UInt32, _ previous: UInt32)
}
