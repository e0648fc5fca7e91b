// SPDX-License-Identifier: MIT

/// Numbers as horizontal bars, for a terminal.
public struct BarChart: Equatable, Sendable {
  public struct Bar: Equatable, Sendable {
    public var label: String
    public var value: Double
    /// What is written beside the bar.
    public var note: String

    /// - Parameter value: Not negative.
    public init(label: String, value: Double, note: String) {
      precondition(value >= 0, "a bar has a length")
      self.label = label
      self.value = value
      self.note = note
    }
  }

  public var bars: [Bar]

  public init(bars: [Bar]) { self.bars = bars }

  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  private static let smallestBarWidth = 8

  /// The chart in lines, the last one ended as well; the longest bar fills what the width leaves beside the words.
  ///
  /// A value above zero always shows.
  public func render(width: Int) -> String {
    let labelWidth = bars.map(\.label.displayWidth).max() ?? 0
    let noteWidth = bars.map(\.note.displayWidth).max() ?? 0
    let barWidth = max(Self.smallestBarWidth, width - labelWidth - noteWidth - 2)
    let largest = bars.map(\.value).max() ?? 0
    return bars.map { bar in
      let label = String(repeating: " ", count: labelWidth - bar.label.displayWidth) + bar.label
      let note = String(repeating: " ", count: noteWidth - bar.note.displayWidth) + bar.note
      let length = Self.bar(bar.value, of: largest, width: barWidth)
      return length.isEmpty ? "\(label) \(note)\n" : "\(label) \(note) \(length)\n"
    }.joined()
  }

  private static func bar(_ value: Double, of largest: Double, width: Int) -> String {
    guard value > 0 else { return "" }
    let count = max(1, Int((value / largest * Double(width * 8)).rounded()))
    return String(repeating: "█", count: count / 8) + eighths[count % 8]
  }
}
