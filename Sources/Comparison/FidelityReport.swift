// SPDX-License-Identifier: MIT

import Statistics

/// What the evidence says of how well a replay predicts its program.
public struct FidelityReport: Sendable {
  /// One allocator, held against the base; nil where there are no figures of a quantity.
  public struct Finding: Sendable {
    public var allocator: String
    public var time: FidelityEffect?
    public var memory: FidelityEffect?
  }

  public let name: String
  public let command: [String]
  public let operationCount: UInt64
  public let operationCountNow: UInt64?
  public let base: String
  public let roundCount: Int
  /// Medians of what the program takes with the base; nil without any.
  public let baseNanoseconds: Double?
  public let basePeakByteCount: Double?
  /// In the order of the allocators, the base left out.
  public let findings: [Finding]
  public let timeOrder: FidelityOrder
  public let memoryOrder: FidelityOrder

  public init(_ evidence: FidelityEvidence) {
    name = evidence.name
    command = evidence.command
    operationCount = evidence.operationCount
    operationCountNow = evidence.operationCountNow
    base = evidence.base
    roundCount = evidence.rounds.count
    let bases = evidence.rounds.compactMap { $0[evidence.base] }
    baseNanoseconds = SortedSample(bases.map(\.programNanoseconds))?.median
    basePeakByteCount = SortedSample(bases.compactMap(\.programPeakByteCount))?.median
    findings = evidence.allocators.dropFirst().map { name in
      Finding(
        allocator: name, time: FidelityEffect(evidence, .time, candidate: name, base: evidence.base),
        memory: FidelityEffect(evidence, .memory, candidate: name, base: evidence.base))
    }
    timeOrder = FidelityOrder(evidence, .time)
    memoryOrder = FidelityOrder(evidence, .memory)
  }

  /// Operations now by those of the trace; nil when the program was not recorded once more.
  public var recordedAgain: Double? {
    operationCountNow.flatMap { operationCount > 0 ? Double($0) / Double(operationCount) : nil }
  }

  /// A program whose operations differ by more than a twentieth is not the one that was recorded.
  public var isOfAnotherProgram: Bool { recordedAgain.map { ($0 - 1).magnitude > 0.05 } ?? false }
}
