// SPDX-License-Identifier: MIT

import Trace

/// How stacks of a trace were recorded, in words.
enum StackWords {
  static func method(of recording: StackRecording) -> String {
    let allocations =
      switch recording.kind {
      case .sampled: "on a sample, one byte of \(recording.intervalByteCount) on average"
      case .all: "on every allocation"
      }
    let method =
      switch recording.method {
      case .framePointers: "by frame pointers"
      case .unwinding: "by libunwind"
      }
    return "\(allocations), \(method), \(recording.depth) frames at most"
  }

  /// What an unwind took; nil when none was timed.
  static func cost(of recording: StackRecording) -> String? {
    guard recording.unwoundCount > 0 else { return nil }
    return "\(recording.unwoundNanoseconds / recording.unwoundCount) ns each (mean of \(recording.unwoundCount))"
  }
}
