// SPDX-License-Identifier: MIT

import Glibc
import Workloads

/// A seeded source of speeds of processes, one after the other in the order of time.
public struct SimulatedMachine {
  public let noise: SimulatedNoise
  private var random: SplitMix64
  private var spareNormal: Double?
  private var drift: Double
  private var processCount = 0

  public init(_ noise: SimulatedNoise, seed: UInt64) {
    self.noise = noise
    random = SplitMix64(seed: seed)
    drift = 0
    // The state is one of a machine that has been running for long.
    if noise.driftDeviation > 0 { drift = noise.driftDeviation * normal() }
  }

  /// Runs a round.
  ///
  /// - Parameters:
  ///   - order: Who runs, as indexes into `effects`, in the order of time.
  ///   - effects: ln of the speed of each arm where nothing disturbs it.
  /// - Returns: ln of the speed of each process, in the order of time.
  public mutating func round(order: [Int], effects: [Double]) -> [Double] {
    let isDisturbed = noise.burstProbability > 0 && unit() < noise.burstProbability
    var speeds: [Double] = []
    speeds.reserveCapacity(order.count)
    for (place, arm) in order.enumerated() {
      var speed = effects[arm] + nextProcess() - Double(place) * noise.slotLoss
      if isDisturbed { speed += noise.burstMeanLoss * log(1 - unit()) }
      speeds.append(speed)
    }
    return speeds
  }

  /// What the machine adds to the speed of the next process, its place in a round apart.
  private mutating func nextProcess() -> Double {
    var speed = noise.scatter * normal() + Double(processCount) * noise.rampPerProcess
    if noise.driftDeviation > 0 {
      speed += drift
      let kept = noise.driftCorrelation
      drift = kept * drift + noise.driftDeviation * (1 - kept * kept).squareRoot() * normal()
    }
    processCount += 1
    return speed
  }

  /// Mean 0 and standard deviation 1, two from each pair of uniform numbers: Box and Muller, "A Note on the Generation
  /// of Random Normal Deviates", Annals of Mathematical Statistics 29, 1958.
  private mutating func normal() -> Double {
    if let number = spareNormal {
      spareNormal = nil
      return number
    }
    let radius = (-2 * log(1 - unit())).squareRoot()
    let angle = 2 * Double.pi * unit()
    spareNormal = radius * sin(angle)
    return radius * cos(angle)
  }

  /// From 0 up to but not including 1, a multiple of 2^-53.
  private mutating func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
}
