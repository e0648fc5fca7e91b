// SPDX-License-Identifier: MIT

import Results

/// An experiment that takes a second: two workloads, three arms, three passes.
enum SmallSweep {
  static let arms = ["system", "null", "tiny"].map { Arm(allocator: $0) }
  static let cellIdentifiers = [
    "random-mixed(operations=2000,slots=50,maximum-size=1KiB)@1t/page",
    "producer-consumer(operations=2000,batch=8,depth=4,minimum-size=16,maximum-size=512)@2t/page",
  ]
  static let roundCounts: [(pass: Pass, roundCount: UInt32)] = [(.time, 3), (.memory, 1), (.latency, 2)]
  /// How many rows it comes to.
  static var rowCount: Int { cellIdentifiers.count * arms.count * roundCounts.reduce(0) { $0 + Int($1.roundCount) } }

  /// Writes it into a sandbox, under this name.
  static func write(to sandbox: Sandbox, timeRounds: Int = 3) -> String {
    sandbox.write(
      "small.json5",
      """
      // Comments and unquoted names are what JSON5 is for.
      {
        name: 'small',
        allocators: ['system', 'null', 'tiny=\(Compiled.allocator())'],
        workloads: ['random-mixed:2000,50', 'producer-consumer:2000,8,4'],
        threads: [1],
        rounds: { time: \(timeRounds), memory: 1, latency: 2 },
        drainMilliseconds: [],
      }
      """)
  }

  /// Names one process of it.
  struct Process: Hashable {
    var cell: String
    var pass: Pass
    var round: UInt32
    var arm: Arm

    init(cell: String, pass: Pass, round: UInt32, arm: Arm) {
      (self.cell, self.pass, self.round, self.arm) = (cell, pass, round, arm)
    }

    init(_ sample: Sample) {
      self.init(cell: sample.cell.identifier, pass: sample.pass, round: sample.round, arm: sample.arm)
    }
  }

  /// Every process that a finished sweep has a row of.
  static func processes(timeRounds: UInt32 = 3) -> Set<Process> {
    var processes: Set<Process> = []
    for cell in cellIdentifiers {
      for (pass, count) in roundCounts {
        for round in 1...(pass == .time ? timeRounds : count) {
          for arm in arms { processes.insert(Process(cell: cell, pass: pass, round: round, arm: arm)) }
        }
      }
    }
    return processes
  }
}
