// SPDX-License-Identifier: MIT

/// A set of switches under a name.
enum Profile: Int {
  /// Every policy, and the engine.
  case full
  /// What measured best over docs/ablation.md.
  case balanced
  /// No thread, no decisions, nothing that depends on idleness: only empty superslabs and large runs go back after a delay.
  case conservative

  var name: StaticString {
    switch self {
    case .full: "full"
    case .balanced: "balanced"
    case .conservative: "conservative"
    }
  }

  /// The switches that are on, a constant that needs no initialisation.
  @inline(__always) var switchBits: UInt64 {
    switch self {
    case .full: (1 << 9) - 1
    case .balanced: 0b1_1110_1111
    case .conservative: 0b0_0110_1001
    }
  }

  var engine: EngineMode {
    switch self {
    case .full: .on
    case .balanced: .observe
    case .conservative: .off
    }
  }
}
