// SPDX-License-Identifier: MIT

import Experiments

/// One line on a terminal that says how far long work has come and how long it will still take.
struct ProgressLine {
  private static let barWidth = 24
  /// Redrawing more often than this flickers.
  private static let intervalSeconds = 0.1

  nonisolated(unsafe) private static var isShown = false

  private let isEnabled: Bool
  private let startSeconds = MonotonicTime.nowSeconds()
  private var lastSeconds = 0.0
  /// Work that was done before this line began, and says nothing about speed.
  private var skippedCount: Int?

  init(isEnabled: Bool) { self.isEnabled = isEnabled && Terminal.isErrorInteractive }

  /// Shows `done` of `total`, and what is being worked on.
  mutating func show(done: Int, total: Int, what: String) {
    let now = MonotonicTime.nowSeconds()
    guard isEnabled, now - lastSeconds >= Self.intervalSeconds else { return }
    lastSeconds = now
    let skipped = skippedCount ?? done
    skippedCount = skipped
    let fraction = total > 0 ? Double(done) / Double(total) : 0
    let filled = Int(fraction * Double(Self.barWidth))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
    var text = "\(bar) \(done)/\(total)"
    if done > skipped + 2 {
      let left = (now - startSeconds) / Double(done - skipped) * Double(total - done)
      text += ", \(Self.duration(left)) left"
    }
    Streams.writeError("\r\u{1b}[K\(text)  \(what)")
    Self.isShown = true
  }

  /// Shows a count whose end is not known.
  mutating func show(count: UInt64, of unit: String) {
    let now = MonotonicTime.nowSeconds()
    guard isEnabled, now - lastSeconds >= Self.intervalSeconds else { return }
    lastSeconds = now
    Streams.writeError("\r\u{1b}[K\(count) \(unit)")
    Self.isShown = true
  }

  /// Takes the line away, so that something else can be written.
  static func clear() {
    guard isShown else { return }
    Streams.writeError("\r\u{1b}[K")
    isShown = false
  }

  static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return whole >= 60 ? "\(whole / 60) min \(whole % 60) s" : "\(whole) s"
  }
}
