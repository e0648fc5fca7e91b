// SPDX-License-Identifier: MIT

/// Many sizes, in an order that no predictor learns.
enum RandomMixed {
  static let operations = WorkloadParameter(
    "operations", default: 2_000_000, in: 1...1_000_000_000, "calls in all, divided over the threads")
  static let slots = WorkloadParameter("slots", default: 400, in: 1...1_000_000, "most blocks live in each thread")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 1024, in: minimumSize...(1 << 20), unit: .bytes, "largest block; the smallest is 16 bytes")
  private static let minimumSize = 16

  static let workload = Workload(
    name: "random-mixed",
    summary: "sizes and lifetimes at random: a random slot is freed when full, filled when empty",
    origin: "the ACE paper's random-mixed, with its arguments 2000000 400; sizes uniform from 16 bytes to 1 KiB",
    parameters: [operations, slots, maximumSize]
  ) { settings, emitter in
    var scripts = RandomSlots.scripts(
      settings, operations: operations, slots: slots, sizes: minimumSize...settings.integer(maximumSize))
    try emitter.interleave(&scripts)
  }
}
