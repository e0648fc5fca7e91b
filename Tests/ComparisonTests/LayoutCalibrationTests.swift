// SPDX-License-Identifier: MIT

import Glibc
import Results
import Testing

@testable import Comparison

/// How far builds of one source are apart.
@Suite("A calibration")
struct LayoutCalibrationTests {
  /// Takes rounds of builds, each with its speed ÷ that of the first; the machine's speed changes from round to round.
  private func calibration(
    _ speeds: [Double], cell: String = "a", roundCount: Int = 8, _ change: (inout Sample) -> Void = { _ in }
  ) -> LayoutCalibration {
    var calibration = LayoutCalibration()
    for round in 1...roundCount {
      for (index, speed) in speeds.enumerated() {
        var sample = GateRows.sample(
          cell, .base, round: round, place: index + 1, speed: 1e6 * speed * (1 + 0.1 * Double(round % 3)))
        sample.arm = Arm(allocator: "build-\(index + 1)")
        change(&sample)
        calibration.note(sample)
      }
    }
    return calibration
  }

  @Test("has the distance of every pair, whichever is faster, and whatever the machine does between rounds")
  func pairs() {
    let distances = calibration([1, 1.1, 0.9]).distances
    #expect(
      distances.map(\.builds) == [["build-1", "build-2"], ["build-1", "build-3"], ["build-2", "build-3"]])
    for (distance, expected) in zip(distances, [log(1.1), -log(0.9), log(1.1) - log(0.9)]) {
      #expect(abs(distance.logDistance - expected) < 1e-12)
    }
    #expect(Set(distances.map(\.cell.identifier)) == ["a"])
  }

  @Test("compares rounds that both builds have, and passes over what says nothing")
  func rounds() {
    let whole = calibration([1, 1.1]).distances
    let partly = calibration([1, 1.1]) { sample in
      switch sample.round {
      case 2 where sample.arm.allocator == "build-2": sample.outcome = Outcome(.crash, signal: 11)
      case 3: sample.metrics[.throughput] = .real(0)
      case 4: sample.metrics[.throughput] = nil
      case 5: sample.pass = .memory
      default: break
      }
    }
    #expect(abs(partly.distances[0].logDistance - whole[0].logDistance) < 1e-12)
    let never = calibration([1, 1.1]) { sample in
      if (sample.round < 5) == (sample.arm.allocator == "build-1") { sample.outcome = Outcome(.timeout) }
    }
    #expect(never.distances.isEmpty)
  }

  @Test("tolerates what covers 95 % of the distances, and never less than 2 %")
  func tolerance() throws {
    func tolerance(_ logDistances: [Double]) -> Double? {
      LayoutCalibration.tolerance(
        for: logDistances.map {
          LayoutCalibration.Distance(cell: Cell(identifier: "a", workload: "a"), builds: [], logDistance: $0)
        })
    }
    #expect(tolerance([]) == nil)
    #expect(tolerance([0, 0, 0]) == 0.02)
    #expect(tolerance([0.01, 0.02]) == 0.02)
    // 0.001 to 0.1 in a hundred steps: 95 % lie below the 94.05th step above the first.
    let steps = (1...100).map { Double($0) / 1000 }
    #expect(abs(try #require(tolerance(steps.shuffled())) - (1 - exp(-0.09505))) < 1e-12)
  }
}
