// SPDX-License-Identifier: MIT

extension ExperimentDescription {
  /// More than any sweep lives to see.
  private static let largestRepetitionCount = 1_000_000
  /// More than any machine has; higher ones only come from slips of the finger.
  private static let largestThreadCount = 4095
  /// Those that a row has a column for.
  private static let drainDelaysMilliseconds = [100, 1000, 5000]
  /// Three hundred years.
  private static let longestSeconds = 9e9

  /// Refuses numbers with which no worker could be started, or none would end well.
  public func checkRanges() throws(ExperimentError) {
    for count in rounds.values { try Self.require("rounds", count, in: 0...Self.largestRepetitionCount) }
    for count in threads { try Self.require("threads", count, in: 1...Self.largestThreadCount) }
    for processor in processors { try Self.require("processors", processor, in: 0...Self.largestThreadCount) }
    for delay in drainMilliseconds where !Self.drainDelaysMilliseconds.contains(delay) {
      throw .unknownWord(
        setting: "drainMilliseconds", word: String(delay), known: Self.drainDelaysMilliseconds.map(String.init))
    }
    try Self.require("programMemoryByteCount", programMemoryByteCount, in: 0...Int.max)
    try Self.require("repeats", repeats, in: 1...Self.largestRepetitionCount)
    try Self.require("warmups", warmups, in: 0...Self.largestRepetitionCount)
    try Self.require("timeLimitSeconds", timeLimitSeconds, in: 0...Self.longestSeconds)
    try Self.require("processTimeLimitSeconds", processTimeLimitSeconds, in: 0.001...Self.longestSeconds)
  }

  private static func require<Value>(
    _ setting: String, _ value: Value, in range: ClosedRange<Value>
  ) throws(ExperimentError) {
    guard !range.contains(value) else { return }
    throw .settingOutOfRange(
      setting: setting, value: "\(value)", minimum: "\(range.lowerBound)", maximum: "\(range.upperBound)")
  }
}
