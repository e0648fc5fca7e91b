// SPDX-License-Identifier: MIT

/// One gate whose answer is known beforehand: of a library against its copy, the copy slowed down or not.
public struct GateTrial: Codable, Equatable, Sendable {
  /// How much longer the head's runs were made to take, as a fraction; 0 where nothing is to be found.
  public var slowdown: Double
  public var seed: UInt64
  public var verdict: GateVerdict
  public var regressCount: Int
  public var inconclusiveCount: Int
  /// Findings that count.
  public var judgedCount: Int
  public var processCount: Int
  public var elapsedSeconds: Double

  public init(_ report: GateReport, seed: UInt64, elapsedSeconds: Double) {
    slowdown = report.settings.injectedSlowdown
    self.seed = seed
    verdict = report.verdict
    regressCount = report.count(.regress)
    inconclusiveCount = report.count(.inconclusive)
    judgedCount = report.judged.count
    processCount = report.facts.processCount
    self.elapsedSeconds = elapsedSeconds
  }
}
