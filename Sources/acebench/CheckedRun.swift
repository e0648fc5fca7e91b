// SPDX-License-Identifier: MIT

import Experiments
import Reports

/// `--check`: says of every allocator and workload whether all blocks were sound.
struct CheckedRun {
  var plan: Plan
  var show: OutputOptions

  func run() throws -> Status {
    guard plan.arms.contains(where: { !$0.arm.isFloor }) else {
      throw Failure(
        error: "there is nothing to check: the blocks of null overlap by design", help: ["name an allocator with -a"],
        status: .usage)
    }
    var table = RecordTable(fields: ["workload", "threads", "allocator", "operations", "verdict"])
    var faultCount = 0
    let isFinished = try CheckRun(plan, worker: try WorkerLocation.path()).run { finding in
      if finding.fault != nil { faultCount += 1 }
      table.append([
        .text(finding.cell.workload), .integer(UInt64(finding.cell.threadCount)), .text(finding.arm.allocator),
        .integer(finding.operationCount), .text(finding.fault ?? "sound"),
      ])
    }
    show.show(table)
    guard isFinished else { return .interrupted }
    return faultCount == 0 ? .done : .failed
  }
}
