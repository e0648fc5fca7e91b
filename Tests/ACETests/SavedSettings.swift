// SPDX-License-Identifier: MIT

import CACE

@testable import ACEHosted

/// Every switch and knob as it was, for tests that move them.
struct SavedSettings {
  private let switchBits = Switch.onBits
  private let knobs = Self.allKnobs.map { ($0, $0.value) }
  private let route = Route.current
  private let engine = EngineMode.current
  private let goal = Goal.current

  static let allKnobs = (0..<Knob.count).compactMap(Knob.init(rawValue:))

  private func restore() {
    Switch.onBits = switchBits
    for (knob, value) in knobs { knob.value = value }
    Route.current = route
    EngineMode.current = engine
    Goal.current = goal
  }

  /// Runs a body on a thread of its own with the thread's heap, flushed; whatever it sets is set back. Time passes only where
  /// the body, or every 1024th slow call, lets it.
  static func runWithHeap(_ body: @escaping (HeapPointer) throws -> Void) throws {
    try TestThread.runWithHeap { heap in
      let saved = SavedSettings()
      let wasCounted = PolicyClock.isCounted
      PolicyClock.isCounted = true
      // Counted time goes on from where the real one is, because both were seen by what is shared.
      let now = ace_coarse_milliseconds()
      if PolicyClock.now() < now { PolicyClock.advance(by: now - PolicyClock.now()) }
      defer {
        // What has become free in counted time has not become so in the future.
        _ = SuperslabPool.trim()
        PolicyClock.isCounted = wasCounted
        saved.restore()
      }
      try body(heap)
    }
  }
}
