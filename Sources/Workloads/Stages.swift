// SPDX-License-Identifier: MIT

/// A pipeline in stages that throws nearly everything away at the end of each.
enum Stages {
  static let operations = WorkloadParameter(
    "operations", default: 2_000_000, in: 2...1_000_000_000, "calls in all, divided over the threads")
  static let rows = WorkloadParameter("rows", default: 5000, in: 1...10_000_000, "blocks of a stage")
  static let stages = WorkloadParameter("stages", default: 8, in: 1...10000, "stages of a job")
  static let committed = WorkloadParameter(
    fraction: "committed", default: 0.01, in: 0...1, "share of a stage's blocks that live on to the end of the job")
  static let maximumSize = WorkloadParameter(
    "maximum-size", default: 256, in: minimumSize...(1 << 20), unit: .bytes, "largest block; the smallest is 16 bytes")
  private static let minimumSize = 16

  static let workload = Workload(
    name: "stages",
    summary: "many small blocks for each stage, freed in bulk at its end but for a few that pin their pages",
    origin:
      "staged pipelines (compilers, queries, ETL) that commit a few results of each stage; the numbers are chosen here",
    parameters: [operations, rows, stages, committed, maximumSize]
  ) { settings, emitter in
    var scripts = (0..<settings.threadCount).map { thread in
      Script(
        thread: UInt32(thread), random: settings.random(thread: thread), rowCount: settings.integer(rows),
        stageCount: settings.integer(stages), committedShare: settings.fraction(committed),
        sizes: minimumSize...settings.integer(maximumSize),
        remainingRows: settings.share(of: operations, thread: thread) / 2)
    }
    try emitter.interleave(&scripts)
  }

  private struct Script: ThreadScript {
    let thread: UInt32
    var random: SplitMix64
    let rowCount: Int
    let stageCount: Int
    let committedShare: Double
    let sizes: ClosedRange<Int>
    var remainingRows: Int
    var stage = 0
    var rowsOfStage = 0
    /// What this stage will free, in the order of allocation.
    var transient: [UInt64] = []
    var freedCount = 0
    var committed: [UInt64] = []

    mutating func advance(_ emitter: inout WorkloadEmitter) throws -> Bool {
      if rowsOfStage < rowCount, remainingRows > 0 {
        remainingRows -= 1
        rowsOfStage += 1
        let block = try emitter.malloc(random.uniform(in: sizes), by: thread)
        if random.chance(committedShare) { committed.append(block) } else { transient.append(block) }
        return true
      }
      if freedCount < transient.count {
        try emitter.free(transient[freedCount], by: thread)
        freedCount += 1
        return true
      }
      if stage + 1 == stageCount || remainingRows == 0, let block = committed.popLast() {
        try emitter.free(block, by: thread)
        return true
      }
      guard remainingRows > 0 else { return false }
      stage = stage + 1 == stageCount ? 0 : stage + 1
      rowsOfStage = 0
      transient.removeAll(keepingCapacity: true)
      freedCount = 0
      return try advance(&emitter)
    }
  }
}
