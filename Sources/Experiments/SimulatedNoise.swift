// SPDX-License-Identifier: MIT

/// What disturbs a simulated machine. Amounts are natural logarithms of speed.
public struct SimulatedNoise: Equatable, Sendable {
  /// Standard deviation from process to process.
  public var scatter: Double
  /// Standard deviation of a state that all processes share and that changes slowly: an AR(1) process over them in the
  /// order of time.
  public var driftDeviation: Double
  /// How much of that state one process hands to the next, from 0 to below 1.
  public var driftCorrelation: Double
  /// What every process is faster than the one before it.
  public var rampPerProcess: Double
  /// How probable it is that a round is disturbed, from 0 to 1.
  public var burstProbability: Double
  /// What each process of a disturbed round loses on the average; amounts are exponential, each process has its own.
  public var burstMeanLoss: Double
  /// What each further place in a round loses against the place before it.
  public var slotLoss: Double

  public init(
    scatter: Double, driftDeviation: Double = 0, driftCorrelation: Double = 0, rampPerProcess: Double = 0,
    burstProbability: Double = 0, burstMeanLoss: Double = 0, slotLoss: Double = 0
  ) {
    self.scatter = scatter
    self.driftDeviation = driftDeviation
    self.driftCorrelation = driftCorrelation
    self.rampPerProcess = rampPerProcess
    self.burstProbability = burstProbability
    self.burstMeanLoss = burstMeanLoss
    self.slotLoss = slotLoss
  }

  /// Differences of two processes with this standard deviation, and one round in twenty in which a neighbour takes a
  /// tenth, or more, or less.
  public static func bursty(pairDeviation: Double) -> SimulatedNoise {
    SimulatedNoise(scatter: pairDeviation / 2.0.squareRoot(), burstProbability: 0.05, burstMeanLoss: 0.1)
  }

  /// A machine that speeds up and slows down by 4 % over many processes, on which who runs second loses 2 %.
  public static let drifting = SimulatedNoise(
    scatter: 0.02, driftDeviation: 0.04, driftCorrelation: 0.95, slotLoss: 0.02)
}
