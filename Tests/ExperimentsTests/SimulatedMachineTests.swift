// SPDX-License-Identifier: MIT

import Comparison
import Experiments
import Glibc
import Testing

@Suite("A simulated machine")
struct SimulatedMachineTests {
  static let count = 20_000

  /// ln of the speeds of pairs, first and second in the order of time.
  private func pairs(_ noise: SimulatedNoise, seed: UInt64 = 5) -> [(first: Double, second: Double)] {
    var machine = SimulatedMachine(noise, seed: seed)
    return (0..<Self.count).map { _ in
      let speeds = machine.round(order: [0, 1], effects: [0, 0])
      return (speeds[0], speeds[1])
    }
  }

  private func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

  private func deviation(_ numbers: [Double]) -> Double {
    let mean = mean(numbers)
    return self.mean(numbers.map { ($0 - mean) * ($0 - mean) }).squareRoot()
  }

  @Test("repeats itself with the same seed, and not with another")
  func seeds() {
    func speeds(_ seed: UInt64) -> [Double] { pairs(.drifting, seed: seed).prefix(50).map(\.first) }
    #expect(speeds(1) == speeds(1))
    #expect(speeds(1) != speeds(2))
    let gate = SimulatedGate(effects: [0, -0.05], noise: .bursty(pairDeviation: 0.03))
    #expect(gate.run(seed: 3) == gate.run(seed: 3))
    #expect(gate.run(seed: 3) != gate.run(seed: 4))
  }

  @Test("scatters as it is told, without a lean to either side")
  func scatter() {
    let differences = pairs(SimulatedNoise(scatter: 0.03 / 2.0.squareRoot())).map { $0.second - $0.first }
    // Of 20,000, the standard deviation is known to half a percent, and the mean to 0.0002.
    #expect(abs(deviation(differences) / 0.03 - 1) < 0.02)
    #expect(abs(mean(differences)) < 0.0009)
  }

  @Test("takes from whoever runs second what the place costs")
  func slot() {
    let differences = pairs(SimulatedNoise(scatter: 0, slotLoss: 0.02)).map { $0.second - $0.first }
    #expect(differences.allSatisfy { abs($0 + 0.02) < 1e-12 })
  }

  @Test("drifts with its deviation and correlation, and both processes of a round with it")
  func drift() {
    let drifting = pairs(SimulatedNoise(scatter: 0, driftDeviation: 0.04, driftCorrelation: 0.8))
    let speeds = drifting.flatMap { [$0.first, $0.second] }
    #expect(abs(deviation(speeds) / 0.04 - 1) < 0.06)
    let products = zip(speeds, speeds.dropFirst()).map { $0 * $1 }
    #expect(abs(mean(products) / (0.04 * 0.04) - 0.8) < 0.08)
  }

  @Test("gains the same with every process")
  func ramp() {
    let ramp = pairs(SimulatedNoise(scatter: 0, rampPerProcess: 0.001))
    #expect(abs(ramp[100].first - 0.2) < 1e-12)
    #expect(abs(ramp[100].second - 0.201) < 1e-12)
  }

  @Test("disturbs the share of rounds that it is told to, each process by an amount of its own")
  func bursts() {
    let bursts = pairs(SimulatedNoise(scatter: 0, burstProbability: 0.05, burstMeanLoss: 0.1))
    let disturbed = bursts.filter { $0.first != 0 || $0.second != 0 }
    // Four standard deviations of a binomial count.
    #expect(abs(disturbed.count - Self.count / 20) < 124)
    #expect(disturbed.allSatisfy { $0.first < 0 && $0.second < 0 && $0.first != $0.second })
    #expect(abs(mean(disturbed.flatMap { [$0.first, $0.second] }) + 0.1) < 0.01)
  }

  @Test(
    "a gate on a machine without noise needs the fewest rounds, and finds what is there", arguments: RoundOrder.allCases
  )
  func quiet(order: RoundOrder) {
    func result(_ loss: Double) -> SimulatedGateResult {
      // The cost of the second place is the only scatter: mirrored rounds cancel it.
      SimulatedGate(
        effects: [log1p(-loss), 0], noise: SimulatedNoise(scatter: 0.0001, slotLoss: 0.004), order: order
      ).run(seed: 11)
    }
    #expect(result(0).verdict == .pass)
    #expect(result(0).roundCounts == [StageLimits.screen.minimum, StageLimits.screen.minimum])
    let lost = result(0.1)
    #expect(lost.verdict == .regress)
    #expect(lost.findings.map(\.verdict) == [.regress, .pass])
    #expect(abs((lost.findings[0].ratio ?? 0) - 0.9) < 0.004)
    #expect(lost.roundCounts[0] == StageLimits.screen.minimum + StageLimits.confirm.minimum)
  }
}
