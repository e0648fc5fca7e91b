// SPDX-License-Identifier: MIT

import Comparison
import Glibc
import Testing

@Suite("What the rounds of a gate say")
struct GateDecisionTests {
  @Test("rounds of the first stage have no part in the verdict of the second")
  func stages() {
    var lucky = SimpleGate(cells: ["a"])
    lucky.add(SimpleGate.about(-0.1), to: "a", .screen)
    #expect(lucky.decision.verdict == .inconclusive)
    lucky.add(SimpleGate.about(0), to: "a", .confirm)
    #expect(lucky.decision.verdict == .pass)
    #expect(lucky.decision.findings[0].stage == .confirm)
    #expect(lucky.decision.findings[0].roundCount == 6)
    #expect(abs((lucky.decision.findings[0].ratio ?? 0) - 1) < 0.001)

    var unlucky = SimpleGate(cells: ["a"])
    unlucky.add([0.1, -0.1, 0.1, -0.1, 0.12, -0.12], to: "a", .screen)
    unlucky.add(SimpleGate.about(-0.1), to: "a", .confirm)
    #expect(unlucky.decision.verdict == .regress)
    #expect(unlucky.decision.findings[0].probability == 1.0 / 64)
  }

  @Test("a cell that passed the first stage is not judged by rounds it ran for the mean")
  func passedBefore() {
    var gate = SimpleGate(cells: ["a"])
    gate.add(SimpleGate.about(0), to: "a", .screen)
    gate.add(SimpleGate.about(-0.1), to: "a", .confirm)
    #expect(gate.decision.verdict == .pass)
    #expect(gate.decision.findings[0].stage == .screen)
  }

  @Test("a loss of 3 % in ten cells that none of them shows is found in their mean")
  func mean() {
    let names = (0..<10).map { "cell \($0)" }
    var gate = SimpleGate(cells: names, roundCount: 12)
    for stage in GateStage.allCases {
      for (index, name) in names.enumerated() {
        let differences = (0..<12).map { round in log(0.97) + ((round + index).isMultiple(of: 2) ? 0.06 : -0.06) }
        gate.add(differences, to: name, stage)
      }
    }
    let decision = gate.decision
    #expect(decision.verdict == .regress)
    #expect(decision.suites.map(\.verdict) == [.regress])
    #expect(decision.suites.map(\.roundCount) == [12])
    #expect(!decision.findings.contains { $0.verdict == .regress })
  }

  @Test("the mean is over rounds that all cells have")
  func commonRounds() {
    var gate = SimpleGate(cells: ["a", "b"])
    gate.add(SimpleGate.about(0, count: 9), to: "a", .screen)
    gate.add(SimpleGate.about(0.02, count: 7), to: "b", .screen)
    #expect(gate.decision.suites.map(\.roundCount) == [7])
    #expect(abs((gate.decision.suites[0].ratio ?? 0) - exp(0.01)) < 0.001)
  }

  @Test("a mean that did not pass brings every cell into the second stage, for the fewest rounds")
  func meanWantsRounds() {
    var gate = SimpleGate(cells: ["a", "b"])
    gate.settings.suiteMargins = [.throughput: Margins(tolerate: 0.005, detect: 0.01)]
    for cell in ["a", "b"] { gate.add(SimpleGate.about(-0.011), to: cell, .screen) }
    #expect(gate.unitsWantingRound.screen.isEmpty)
    #expect(gate.unitsWantingRound.confirm.map(\.cellIdentifier) == ["a", "b"])
    for cell in ["a", "b"] { gate.add(SimpleGate.about(-0.011), to: cell, .confirm) }
    #expect(gate.unitsWantingRound.confirm.isEmpty)
    #expect(gate.decision.findings.map(\.verdict) == [.pass, .pass])
    #expect(gate.decision.suites.map(\.verdict) == [.regress])
  }

  @Test("Holm's correction counts cells and mean together", arguments: [(2, GateVerdict.regress), (3, .inconclusive)])
  func holm(cellCount: Int, verdict: GateVerdict) {
    let names = (0..<cellCount).map { "cell \($0)" }
    var gate = SimpleGate(cells: names)
    for stage in GateStage.allCases {
      for name in names { gate.add(SimpleGate.about(-0.1), to: name, stage) }
    }
    // Six losses of six rounds are one in 64, and there is a hypothesis more than there are cells.
    let adjusted = Double(cellCount + 1) / 64
    #expect((gate.decision.findings + gate.decision.suites).allSatisfy { $0.adjustedProbability == adjusted })
    #expect(gate.decision.verdict == verdict)
  }

  @Test("an improvement passes, and is marked")
  func improvement() {
    var gate = SimpleGate(cells: ["a"])
    gate.add(SimpleGate.about(0.1), to: "a", .screen)
    #expect(gate.decision.verdict == .pass)
    #expect(gate.decision.findings[0].isImprovement)
    var same = SimpleGate(cells: ["a"])
    same.add([0.001, -0.001, 0.002, -0.002, 0.003, -0.003], to: "a", .screen)
    #expect(!same.decision.findings[0].isImprovement)
  }

  @Test("more memory is a loss, shown as a ratio above 1")
  func memory() throws {
    func gate(_ size: Double) throws -> SimpleGate {
      var gate = SimpleGate(cells: ["a"], metrics: [.peakRSS: Margins()])
      let mebibyte = 1_048_576.0
      let base = try #require(GateMetric.peakRSS.goodness(of: 100 * mebibyte))
      let head = try #require(GateMetric.peakRSS.goodness(of: size * mebibyte))
      for stage in GateStage.allCases {
        gate.add(Array(repeating: head - base, count: 6), to: "a", stage, .peakRSS)
      }
      return gate
    }
    let larger = try gate(110).decision
    #expect(larger.verdict == .regress)
    #expect(abs((larger.findings[0].ratio ?? 0) - 1.1) < 0.001)
    let smaller = try gate(90).decision
    #expect(smaller.verdict == .pass)
    #expect(smaller.findings[0].isImprovement)
  }

  @Test("what is only reported does not count")
  func reported() {
    var gate = SimpleGate(cells: ["a"])
    gate.settings.reportedMetrics = [.cpuThroughput]
    let unit = GateUnit(cellIdentifier: "a", pass: .time)
    for number in 1...6 {
      gate.ledger.append(
        GateRound(
          number: UInt32(number),
          goodness: [
            .base: [.throughput: 10, .cpuThroughput: 10],
            .head: [.throughput: 10 + 0.0001 * Double(number), .cpuThroughput: 9],
          ], headRanFirst: false), of: unit, in: .screen)
    }
    #expect(gate.decision.verdict == .pass)
    #expect(gate.decision.findings.map(\.verdict) == [.pass, .reported])
    #expect(gate.unitsWantingRound.confirm.isEmpty)
  }

  @Test("an ignored cell is measured for the fewest rounds and does not count")
  func ignored() {
    var gate = SimpleGate(cells: ["a", "b"])
    gate.settings.cells[1].ignore = GateIgnore(reason: "known", until: "2099-01-01")
    gate.add(SimpleGate.about(0), to: "a", .screen)
    #expect(gate.unitsWantingRound.screen.map(\.cellIdentifier) == ["b"])
    gate.add(SimpleGate.about(-0.5), to: "b", .screen)
    #expect(gate.unitsWantingRound.screen.isEmpty && gate.unitsWantingRound.confirm.isEmpty)
    #expect(gate.decision.verdict == .pass)
    #expect(gate.decision.findings.map(\.verdict) == [.pass, .ignored])
    #expect(gate.decision.suites.isEmpty)
  }

  @Test("a cell whose rounds lack the figure ends with the most rounds, and is left open")
  func figureless() {
    var gate = SimpleGate(cells: ["a"])
    gate.settings.screen = StageLimits(minimum: 6, maximum: 8)
    gate.settings.confirm = StageLimits(minimum: 6, maximum: 8)
    let unit = GateUnit(cellIdentifier: "a", pass: .time)
    for stage in GateStage.allCases {
      for number in 1...8 {
        let wanted = stage == .screen ? gate.unitsWantingRound.screen : gate.unitsWantingRound.confirm
        #expect(wanted == [unit])
        gate.ledger.append(
          GateRound(number: UInt32(number), goodness: [.base: [:], .head: [:]], headRanFirst: false), of: unit,
          in: stage)
      }
    }
    #expect(gate.unitsWantingRound.screen.isEmpty && gate.unitsWantingRound.confirm.isEmpty)
    #expect(gate.decision.verdict == .inconclusive)
  }

  @Test("a gate that looks at nothing is an error, and one without rounds says nothing")
  func nothing() {
    #expect(SimpleGate(cells: []).decision.verdict == .error)
    #expect(SimpleGate(cells: ["a"]).decision.verdict == .inconclusive)
  }
}
