// SPDX-License-Identifier: MIT

import Results

/// What an ablation found.
public struct AblationReport: Equatable, Sendable {
  /// By cell as summaries have them; within a cell what is moved, the largest first, then the rest as it was asked for.
  public internal(set) var findings: [AblationFinding] = []
  public internal(set) var faults: [ComparedFault] = []
  /// Rounds of one arm without one of the same number of the other.
  public internal(set) var unpairedRoundCount = 0
  public let rule: EffectRule

  init(rule: EffectRule) { self.rule = rule }

  /// The cells that there are findings of, in order.
  public var cells: [Cell] { Self.unique(findings.map(\.cell)) }

  /// What was asked about, settings that move something first, the largest first.
  public var subjects: [AblationSubject] {
    let largest = Dictionary(findings.map { ($0.subject, $0.isMoved ? $0.size : 0) }, uniquingKeysWith: max)
    let subjects = Self.unique(findings.map(\.subject))
    return subjects.enumerated().sorted { first, second in
      let (one, other) = (largest[first.element] ?? 0, largest[second.element] ?? 0)
      return one == other ? first.offset < second.offset : one > other
    }.map(\.element)
  }

  /// Which metrics there are findings of, in the order of their columns.
  public var metrics: [Metric] {
    let found = Set(findings.map(\.metric))
    return AblationRows.metrics.filter(found.contains)
  }

  private static func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
    var known: Set<Value> = []
    return values.filter { known.insert($0).inserted }
  }
}
