// SPDX-License-Identifier: MIT

/// Blocks that most allocators take straight from the system.
enum Large {
  static let operations = WorkloadParameter(
    "operations", default: 200, in: 1...10_000_000, "calls in all, divided over the threads")
  static let slots = WorkloadParameter("slots", default: 4, in: 1...1000, "most blocks live in each thread")
  static let minimumSize = WorkloadParameter(
    "minimum-size", default: 1 << 20, in: 4096...(1 << 30), unit: .bytes, "smallest block")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 32 << 20, in: 4096...(1 << 30), unit: .bytes, notBelow: "minimum-size", "largest block")

  static let workload = Workload(
    name: "large",
    summary: "few blocks of 1 to 32 MiB: mapping, unmapping and keeping memory for the next one",
    origin: "the shape of mimalloc-bench's malloc-large (5 to 25 MiB), widened on both sides",
    parameters: [operations, slots, minimumSize, maximumSize]
  ) { settings, emitter in
    var scripts = RandomSlots.scripts(
      settings, operations: operations, slots: slots,
      sizes: settings.integer(minimumSize)...settings.integer(maximumSize))
    try emitter.interleave(&scripts)
  }
}
