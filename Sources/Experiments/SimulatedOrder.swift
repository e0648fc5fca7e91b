// SPDX-License-Identifier: MIT

/// In which order the processes of a simulated comparison run.
public enum SimulatedOrder: String, CaseIterable, Sendable {
  /// As gates do by default.
  case random
  /// Each arm twice, the second time in the reverse order.
  case mirrored
  /// All processes of one arm and then all of the other, as many benchmarks do: here to show what comes of it.
  case blocks
}
