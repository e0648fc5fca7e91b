// SPDX-License-Identifier: MIT

import Results
import TestSupport
import Testing

@Suite struct ResumeTests {
  let scratch = Scratch()
  var path: String { scratch.file("samples.csv") }
  static let cells = ["tiny-hot/1", "larson/2"]
  static let rounds: ClosedRange<UInt32> = 1...4

  static func key(_ cell: String, _ round: UInt32) -> RoundKey {
    RoundKey(planHash: "plan", cellIdentifier: cell, pass: .time, round: round)
  }

  /// Runs what a plan still lacks, as a supervisor would; some arms fail at random.
  func runPlan(failing: inout SeededRandom, failureRate: Double) throws {
    var state = ResumeState()
    for existing in SampleFile.existingPaths(for: path) { try state.read(SampleReader(path: existing)) }
    let file = try SampleFile(path: path)
    for round in Self.rounds {
      for cell in Self.cells where !state.isComplete(Self.key(cell, round), arms: Samples.arms) {
        let attempt = state.nextAttempt(Self.key(cell, round))
        for arm in Samples.arms.shuffled(using: &failing) {
          let isFailing = Double.random(in: 0..<1, using: &failing) < failureRate
          try file.append(
            Samples.make(
              cell: cell, arm: arm, round: round, attempt: attempt,
              outcome: isFailing ? Outcome(.crash, signal: 11) : .ok))
        }
        try file.endRound()
      }
    }
  }

  /// Every (cell, round, arm) that counts, as often as it is counted.
  func effective(arms: [Arm]? = nil) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    try SampleReader(path: path).forEachEffective(arms: arms) {
      counts["\($0.cell.identifier) \($0.round) \($0.arm)", default: 0] += 1
    }
    return counts
  }

  @Test("killed anywhere and run again, every arm of every round counts once", arguments: 0..<25 as Range<UInt64>)
  func killedAnywhere(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    for _ in 0..<4 {
      try runPlan(failing: &random, failureRate: 0.1)
      let bytes = Scratch.read(path)
      scratch.write(bytes[..<Int.random(in: 0...bytes.count, using: &random)], to: "samples.csv")
      let counted = try effective(arms: Samples.arms)
      #expect(counted.values.allSatisfy { $0 == 1 }, "seed \(seed)")
      #expect(counted.count.isMultiple(of: Samples.arms.count), "seed \(seed)")
    }
    try runPlan(failing: &random, failureRate: 0)
    let counted = try effective()
    #expect(counted.count == Self.cells.count * Self.rounds.count * Samples.arms.count, "seed \(seed)")
    #expect(counted.values.allSatisfy { $0 == 1 }, "seed \(seed)")
    let length = Scratch.read(path).count
    try runPlan(failing: &random, failureRate: 0)
    #expect(Scratch.read(path).count == length, "seed \(seed): a complete plan is not run again")
  }

  @Test("a round with a failed arm is excluded until its next attempt succeeds whole")
  func failedArm() throws {
    let arms = Array(Samples.arms[..<2])
    let file = try SampleFile(path: path)
    try file.append(Samples.make(arm: arms[0]))
    try file.append(Samples.make(arm: arms[1], outcome: Outcome(.timeout)))
    try file.append(Samples.make(arm: arms[1], round: 2))
    #expect(try effective().isEmpty)

    try file.append(Samples.make(arm: arms[1], attempt: 2))
    #expect(try effective().isEmpty, "arms of different attempts make no round")
    try file.append(Samples.make(arm: arms[0], attempt: 2))
    #expect(try effective().count == 2)

    var state = ResumeState()
    try state.read(SampleReader(path: path))
    #expect(state.isComplete(Self.key("tiny-hot/1", 1), arms: arms))
    #expect(!state.isComplete(Self.key("tiny-hot/1", 1), arms: Samples.arms), "an arm that never ran is missing")
    #expect(!state.isComplete(Self.key("tiny-hot/1", 2), arms: arms))
    #expect(state.nextAttempt(Self.key("tiny-hot/1", 1)) == 3)
    #expect(state.nextAttempt(Self.key("tiny-hot/1", 2)) == 2)
    #expect(state.nextAttempt(Self.key("tiny-hot/1", 3)) == 1)
  }

  @Test("of a round that was run again only the rows of the last attempt count, each arm once")
  func superseded() throws {
    let file = try SampleFile(path: path)
    for (sequence, attempt) in [(1, 1), (2, 2), (3, 2)] as [(UInt64, UInt32)] {
      try file.append(Samples.make(attempt: attempt, sequence: sequence))
    }
    var sequences: [UInt64] = []
    try SampleReader(path: path).forEachEffective { sequences.append($0.sequence) }
    #expect(sequences == [2])
  }

  @Test("other plans, cells and passes are rounds of their own")
  func separateKeys() {
    var state = ResumeState()
    state.note(Samples.make())
    let arms = [Samples.arms[0]]
    var key = Self.key("tiny-hot/1", 1)
    #expect(state.isComplete(key, arms: arms))
    key.pass = .memory
    #expect(!state.isComplete(key, arms: arms))
    key = Self.key("tiny-hot/1", 1)
    key.planHash = "another"
    #expect(!state.isComplete(key, arms: arms))
  }

  @Test("more arms than bits in a word are told apart")
  func manyArms() {
    let arms = (0..<130).map { Arm(allocator: "ace", switches: "size=\($0)") }
    var state = ResumeState()
    for arm in arms.dropLast() { state.note(Samples.make(arm: arm)) }
    #expect(state.isComplete(Self.key("tiny-hot/1", 1), arms: Array(arms.dropLast())))
    #expect(!state.isComplete(Self.key("tiny-hot/1", 1), arms: arms))
  }
}
