// SPDX-License-Identifier: MIT

/// Blocks between the small size classes and the page heap, on every thread.
enum MidThreads {
  static let operations = WorkloadParameter(
    "operations", default: 1_000_000, in: 1...1_000_000_000, "calls in all, divided over the threads")
  static let slots = WorkloadParameter("slots", default: 200, in: 1...100_000, "most blocks live in each thread")
  static let minimumSize = WorkloadParameter(
    "minimum-size", default: 8 << 10, in: 1...(1 << 20), unit: .bytes, "smallest block")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 32 << 10, in: 1...(1 << 20), unit: .bytes, notBelow: "minimum-size", "largest block")

  static let workload = Workload(
    name: "mid-mt",
    summary: "blocks of 8 to 32 KiB in slots of every thread: the middle layer under many threads",
    origin: "the ACE paper's mid-mt for the sizes; the slots are chosen here for a few MiB live in each thread",
    parameters: [operations, slots, minimumSize, maximumSize]
  ) { settings, emitter in
    var scripts = RandomSlots.scripts(
      settings, operations: operations, slots: slots,
      sizes: settings.integer(minimumSize)...settings.integer(maximumSize))
    try emitter.interleave(&scripts)
  }
}
