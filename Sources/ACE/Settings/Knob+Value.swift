// SPDX-License-Identifier: MIT

extension Knob {
  /// The value is the layer's that reads it.
  var value: UInt64 {
    get {
      switch self {
      case .borrowLimit: UInt64(Heap.borrowLimit)
      case .carvePages: UInt64(ClassPolicies.initial.carvePages)
      case .wakeBlocks: UInt64(Slab.wakeLimit)
      case .keepSlabs: UInt64(ClassPolicies.initial.keptSlabs)
      case .warmSlabs: UInt64(Heap.warmLimit)
      case .prefillSlabs: UInt64(Heap.prefillCount)
      case .shrinkTicks: UInt64(ClassPolicies.initial.shrinkTicks)
      case .idleTicks: UInt64(Upkeep.idleTickCount)
      case .tick: Upkeep.tickMilliseconds
      case .drainPercent: UInt64(SuperslabPool.drainPercent)
      case .warmSuperslabs: UInt64(SuperslabPool.warmCount)
      case .purgeDelay: SuperslabPool.purgeDelayMilliseconds
      case .outboxBlocks: UInt64(Outbox.countLimit)
      case .outboxBytes: UInt64(Outbox.byteLimit)
      case .smallPageSuperslabs: UInt64(SuperslabPool.smallPageSuperslabCount)
      case .largeCache: UInt64(LargeHeap.cacheByteLimit)
      case .largePurgeDelay: UInt64(LargeHeap.purgeDelayMilliseconds)
      }
    }
    nonmutating set {
      switch self {
      case .borrowLimit: Heap.borrowLimit = UInt8(newValue)
      case .carvePages: ClassPolicies.setAll(carvePages: UInt8(newValue))
      case .wakeBlocks: Slab.wakeLimit = UInt16(newValue)
      case .keepSlabs: ClassPolicies.setAll(keptSlabs: UInt8(newValue))
      case .warmSlabs: Heap.warmLimit = UInt32(newValue)
      case .prefillSlabs: Heap.prefillCount = UInt32(newValue)
      case .shrinkTicks: ClassPolicies.setAll(shrinkTicks: UInt16(newValue))
      case .idleTicks: Upkeep.idleTickCount = UInt32(newValue)
      case .tick: Upkeep.tickMilliseconds = newValue
      case .drainPercent: SuperslabPool.drainPercent = UInt32(newValue)
      case .warmSuperslabs: SuperslabPool.warmCount = UInt(newValue)
      case .purgeDelay: SuperslabPool.purgeDelayMilliseconds = newValue
      case .outboxBlocks: Outbox.countLimit = UInt32(newValue)
      case .outboxBytes: Outbox.byteLimit = UInt32(newValue)
      case .smallPageSuperslabs: SuperslabPool.smallPageSuperslabCount = UInt(newValue)
      case .largeCache: LargeHeap.cacheByteLimit = UInt(newValue)
      case .largePurgeDelay: LargeHeap.purgeDelayMilliseconds = UInt32(newValue)
      }
    }
  }
}
