// SPDX-License-Identifier: MIT

import CACE

/// The statistics as lines for people, each beginning with "ace: ".
enum Report {
  static func write(to descriptor: Int32) {
    var statistics = ace_statistics()
    Statistics.fill(&statistics)
    tiny(statistics, descriptor)
    slabs(statistics, descriptor)
    others(statistics, descriptor)
    heaps(statistics, descriptor)
    policies(statistics, descriptor)
    engine(statistics, descriptor)
  }

  private static func tiny(_ statistics: ace_statistics, _ descriptor: Int32) {
    var line = MessageLine("ace: tiny: ")
    line.append(statistics.refill_count, " refills of ")
    line.append(statistics.refilled_block_count, " blocks, ")
    line.append(statistics.carved_block_count, " carved, ")
    line.append(statistics.borrowed_block_count, " borrowed; remote: ")
    line.append(statistics.remote_free_count, " frees in ")
    line.append(statistics.remote_batch_count, " batches")
    line.write(to: descriptor)
  }

  private static func slabs(_ statistics: ace_statistics, _ descriptor: Int32) {
    var line = MessageLine("ace: slabs: ")
    line.append(statistics.slab_claim_count, " claimed, ")
    line.append(statistics.slab_release_count, " released, ")
    line.append(statistics.tiny_slab_bytes, " bytes in use, ")
    line.append(statistics.free_slab_bytes, " free in ")
    line.append(statistics.superslab_count, " superslabs; purged: ")
    line.append(statistics.purged_bytes, " bytes")
    line.write(to: descriptor)
  }

  private static func others(_ statistics: ace_statistics, _ descriptor: Int32) {
    var line = MessageLine("ace: mid: ")
    line.append(statistics.mid_allocation_count, " blocks, ")
    line.append(statistics.mid_bytes, " bytes live; large: ")
    line.append(statistics.large_allocation_count, " blocks, ")
    line.append(statistics.large_bytes, " bytes live; huge: ")
    line.append(statistics.huge_allocation_count, " blocks, ")
    line.append(statistics.mapped_huge_bytes, " bytes live")
    line.write(to: descriptor)
  }

  private static func heaps(_ statistics: ace_statistics, _ descriptor: Int32) {
    var line = MessageLine("ace: heaps: ")
    line.append(statistics.heap_count, " made, ")
    line.append(statistics.adopted_heap_count, " taken over, ")
    line.append(statistics.dormant_heap_count, " dormant; foreign frees: ")
    line.append(statistics.foreign_free_count, "; committed: ")
    line.append(statistics.committed_bytes, " bytes")
    line.write(to: descriptor)
  }

  private static func policies(_ statistics: ace_statistics, _ descriptor: Int32) {
    var line = MessageLine("ace: policies: ")
    line.append(statistics.warm_hit_count, " slabs from warm pools, ")
    line.append(statistics.warm_miss_count, " from the shared one; ")
    line.append(statistics.shrunk_list_count, " lists shrunk, ")
    line.append(statistics.trimmed_bytes, " bytes trimmed; superslabs: ")
    line.append(statistics.hot_superslab_count, " hot, ")
    line.append(statistics.draining_superslab_count, " draining, ")
    line.append(statistics.free_superslab_count, " free")
    line.write(to: descriptor)
  }

  private static func engine(_ statistics: ace_statistics, _ descriptor: Int32) {
    var line = MessageLine("ace: engine: ")
    line.append(EngineMode.current.name)
    line.append(", ")
    line.append(statistics.tick_count, " ticks, ")
    line.append(statistics.observation_count, " observations, ")
    line.append(statistics.decision_count, " decisions; ")
    line.append(statistics.resident_bytes, " bytes resident by ACE's books")
    line.write(to: descriptor)
  }
}
