// SPDX-License-Identifier: MIT

/// The limits that no decision about a class can leave. What a class holds without using it lies between them, so they are wider
/// where time counts for more and narrower where memory does.
struct ClassBounds {
  var leastKeptSlabs: UInt8
  var mostKeptSlabs: UInt8
  var leastCarvePages: UInt8
  var mostCarvePages: UInt8
  var leastShrinkTicks: UInt16
  var mostShrinkTicks: UInt16

  /// Under `time` a class may keep 512 KiB of empty slabs in a heap, touch 32 KiB ahead and hold a list for 64 ticks; under
  /// `balanced` half of each; under `memory` one slab, 8 KiB and 8 ticks.
  init(goal: Goal) {
    leastKeptSlabs = 0
    leastCarvePages = 1
    leastShrinkTicks = 2
    switch goal {
    case .time: (mostKeptSlabs, mostCarvePages, mostShrinkTicks) = (8, 8, 64)
    case .balanced: (mostKeptSlabs, mostCarvePages, mostShrinkTicks) = (4, 4, 32)
    case .memory: (mostKeptSlabs, mostCarvePages, mostShrinkTicks) = (1, 2, 8)
    }
  }

  func contains(_ policy: ClassPolicy) -> Bool {
    policy.keptSlabs >= leastKeptSlabs && policy.keptSlabs <= mostKeptSlabs && policy.carvePages >= leastCarvePages
      && policy.carvePages <= mostCarvePages && policy.shrinkTicks >= leastShrinkTicks
      && policy.shrinkTicks <= mostShrinkTicks
  }
}
