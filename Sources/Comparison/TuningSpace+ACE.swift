// SPDX-License-Identifier: MIT

extension TuningSpace {
  /// ACE's switches and knobs. Levels lie as far from the default as a difference can be expected: what lies between is
  /// left to whoever wants the last percent. Where a library begins elsewhere, the value here is tried too. docs/tuning.md
  /// has the same table for readers.
  public static let ace = TuningSpace(words + switches + smallBlocks + upkeep + largeBlocks)

  private static let words = [
    // Whole sets of switches: what is far from the default in many places at once, no single move finds.
    TuningVariable("profile", initial: "balanced", levels: ["full", "conservative"]),
    // Off saves the counting; on moves knobs by itself, which suits programs that change.
    TuningVariable("engine", initial: "observe", levels: ["off", "on"]),
  ]

  // Each the other way round: what a policy costs where it does not pay.
  private static let switches = [
    TuningVariable("refill-one", initial: "on", levels: ["off"]),
    TuningVariable("sll-shrink", initial: "on", levels: ["off"]),
    TuningVariable("idle-trim", initial: "on", levels: ["off"]),
    TuningVariable("tiering", initial: "on", levels: ["off"]),
    TuningVariable("eager-free", initial: "off", levels: ["on"]),
    TuningVariable("warm-pool", initial: "on", levels: ["off"]),
    TuningVariable("remote-batch", initial: "on", levels: ["off"]),
    TuningVariable("huge-pages", initial: "on", levels: ["off"]),
    TuningVariable("worker", initial: "on", levels: ["off"]),
  ]

  private static let smallBlocks = [
    // Never, and as often as can be: slow calls against pages of classes that are hardly used.
    TuningVariable("borrow-limit", initial: "64", levels: ["0", "255"]),
    // A quarter of a slab, and all of it: fewer refills where a class fills its slab anyway.
    TuningVariable("carve-pages", initial: "1", levels: ["4", "16"]),
    // At the first block, which is dense, and when a refill from it is worth a slow call.
    TuningVariable("wake-blocks", initial: "16", levels: ["1", "128"]),
    // None, for memory; half a MiB of one class, where it empties and fills again.
    TuningVariable("keep-slabs", initial: "1", levels: ["0", "8"]),
    // None, and a MiB for each thread: how often a heap has to ask the shared pool.
    TuningVariable("warm-slabs", initial: "2", levels: ["0", "16"]),
    // A few, and half a MiB: one lock for many slabs where a program grows.
    TuningVariable("prefill-slabs", initial: "0", levels: ["2", "8"]),
    // Small batches reach their owner early; large ones cost him fewer cache lines.
    TuningVariable("outbox-blocks", initial: "32", levels: ["4", "256"]),
    TuningVariable("outbox-bytes", initial: "4096", levels: ["512", "65536"]),
  ]

  private static let upkeep = [
    // At the next tick, and many times as patient: memory at once, or no work for a pause that ends soon.
    TuningVariable("shrink-ticks", initial: "2", levels: ["1", "32"]),
    TuningVariable("idle-ticks", initial: "20", levels: ["2", "160"]),
    // Five hundred times a second at most, and five times.
    TuningVariable("tick-ms", initial: "10", levels: ["2", "200"]),
    // No superslab drains but an empty one; most of them do.
    TuningVariable("drain-percent", initial: "25", levels: ["0", "60"]),
    // None, and 32 MiB: programs that free nearly everything, over and over.
    TuningVariable("warm-superslabs", initial: "2", levels: ["0", "16"]),
    // At once, and longer than most phases.
    TuningVariable("purge-delay-ms", initial: "100", levels: ["0", "2000"]),
    // From the second superslab on, and never: faults against memory that is not used.
    TuningVariable("small-page-superslabs", initial: "8", levels: ["0", "65536"]),
  ]

  private static let largeBlocks = [
    // Nothing, and 256 MiB: buffers that are freed for good, or come again.
    TuningVariable("large-cache-bytes", initial: "33554432", levels: ["0", "268435456"]),
    // At once, and longer than most pauses.
    TuningVariable("large-purge-delay-ms", initial: "500", levels: ["0", "10000"]),
  ]
}
