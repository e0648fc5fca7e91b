// SPDX-License-Identifier: MIT

import Allocators

/// What a switch, a knob or the engine of ACE was set to in its environment: a run in which it is something else would
/// measure something else.
struct ACESetting {
  /// The engine's mode, which is told with the counters.
  private static let engine = "engine"
  /// `ACE_ENGINE_ON` of `ace.h`.
  private static let engineOn: UInt64 = 2

  let name: String
  /// 1 for on and 0 for off; of the engine its mode.
  let value: UInt64

  /// Refuses a library that is set otherwise, or that does not know the setting.
  func verify(in ace: ACEInterface?) throws(WorkerFailure) {
    let found = name == Self.engine ? ace?.statistics()?.engineMode : ace?.value(ofKnob: name)
    if found != value { throw .setting(self, found: found) }
  }

  /// Whether it is still the same after a run: an engine that is on moves what it was given.
  func stays(in ace: ACEInterface?) -> Bool {
    name == Self.engine || ace?.statistics()?.engineMode != Self.engineOn
  }
}
