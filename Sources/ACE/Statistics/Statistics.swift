// SPDX-License-Identifier: MIT

import CACE

/// Fills in what ace.h tells. Counters are summed over all heaps, of threads that have ended among them.
enum Statistics {
  static func fill(_ result: inout ace_statistics) {
    let use = MemoryUse.now()
    result.interface_version = UInt64(ACE_INTERFACE_VERSION)
    result.metadata = metadata
    result.span_bytes = UInt64(Span.byteCount)
    result.committed_bytes = UInt64(Span.committedByteCount)
    result.mapped_huge_bytes = use.hugeByteCount
    result.purged_bytes = SuperslabPool.purgedByteCount &+ MidPool.purgedByteCount &+ LargeHeap.purgedByteCount
    result.free_slab_bytes = use.freeSlabByteCount
    result.tiny_slab_bytes = use.tinyByteCount
    result.mid_bytes = use.midByteCount
    result.large_bytes = use.largeByteCount
    result.large_cached_bytes = LargeHeap.cachedUnitCount << UInt64(Layout.largeUnitShift)
    result.heap_count = HeapRegistry.count
    result.dormant_heap_count = HeapRegistry.dormantCount
    result.adopted_heap_count = HeapRegistry.adoptionCount
    result.superslab_count = UInt64(SuperslabPool.count)
    result.slab_claim_count = SuperslabPool.claimCount
    result.slab_release_count = SuperslabPool.releaseCount
    result.large_allocation_count = LargeHeap.allocationCount
    result.huge_allocation_count = HugeHeap.allocationCount
    result.foreign_free_count = Foreign.freeCount
    var total = ace_class_statistics()
    var number = 1
    while number <= Layout.classCount {
      add(SizeClass(number: number), to: &total)
      number += 1
    }
    result.refill_count = total.refill_count
    result.refilled_block_count = total.refilled_block_count
    result.carved_block_count = total.carved_block_count
    result.borrowed_block_count = total.borrowed_block_count
    result.shrunk_list_count = total.shrunk_list_count
    addPolicies(to: &result)
    HeapRegistry.forEach { heap in
      result.warm_hit_count &+= heap.pointee.warmHitCount
      result.warm_miss_count &+= heap.pointee.warmMissCount
      result.trimmed_bytes &+= heap.pointee.activity.trimmedPageCount &* UInt64(Layout.pageByteCount)
      result.remote_free_count &+= heap.pointee.outbox.postedBlockCount
      result.remote_batch_count &+= heap.pointee.outbox.batchCount
      result.mid_allocation_count &+= heap.pointee.mid.allocationCount
    }
    result.purged_bytes &+= result.trimmed_bytes
  }

  private static func addPolicies(to result: inout ace_statistics) {
    let tiers = SuperslabPool.tierCounts()
    result.hot_superslab_count = tiers.hot
    result.draining_superslab_count = tiers.draining
    result.free_superslab_count = tiers.free
    result.resident_bytes = MemoryUse.residentByteCount()
    result.engine_mode = EngineMode.current.rawValue
    result.worker_count = Worker.isRunning ? 1 : 0
    result.tick_count = Upkeep.tickCount
    result.observation_count = Engine.observationCount
    result.decision_count = Engine.decisions.count
  }

  static func fill(_ result: inout ace_class_statistics, for sizeClass: SizeClass) {
    result.block_byte_count = UInt64(sizeClass.blockByteCount)
    add(sizeClass, to: &result)
  }

  private static func add(_ sizeClass: SizeClass, to result: inout ace_class_statistics) {
    HeapRegistry.forEach { heap in
      let counters = heap.pointee.counters[unchecked: sizeClass.number]
      result.slab_count &+= UInt64(counters.slabs)
      result.refill_count &+= counters.refills
      result.refilled_block_count &+= counters.refilledBlocks
      result.carved_block_count &+= counters.carvedBlocks
      result.borrowed_block_count &+= counters.borrowedBlocks
      result.remote_free_count &+= counters.remoteFrees
      result.shrunk_list_count &+= UInt64(counters.shrunkLists)
    }
  }

  private static var metadata: UInt64 {
    #if ACE_TABLE
      UInt64(ACE_METADATA_TABLE.rawValue)
    #elseif ACE_HEADER
      UInt64(ACE_METADATA_HEADER.rawValue)
    #else
      UInt64(ACE_METADATA_PREFIX.rawValue)
    #endif
  }
}
