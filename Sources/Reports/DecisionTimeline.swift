// SPDX-License-Identifier: MIT

import Results

/// What ACE's learning layer decided, as timelines for people and as records for programs.
///
/// The timeline of an arm in a cell is that of one process: in the others the same questions came up at other times.
public struct DecisionTimeline {
  private struct Process {
    var sample: Sample
    var figures: ACEFigures
  }

  private var processes: [Process] = []

  public init() {}

  /// Takes the figures of a process.
  public mutating func add(_ figures: ACEFigures, of sample: Sample) {
    processes.append(Process(sample: sample, figures: figures))
  }

  /// Whether no process was ACE's.
  public var isEmpty: Bool { processes.isEmpty }

  /// The decisions of all processes, in the order in which they came.
  public var records: RecordTable {
    var table = RecordTable(
      fields: ["workload", "parameters", "threads_count", "touch", "pass", "allocator", "switches", "round"]
        + EngineDecision.columns)
    for process in processes {
      let (cell, arm) = (process.sample.cell, process.sample.arm)
      let identity: [FieldValue] = [
        .text(cell.workload), .text(cell.parameters), .integer(UInt64(cell.threadCount)), .text(cell.touch.rawValue),
        .text(process.sample.pass.rawValue), .text(arm.allocator), .text(arm.switches),
        .integer(UInt64(process.sample.round)),
      ]
      for decision in process.figures.decisions { table.append(identity + Self.values(of: decision)) }
    }
    return table
  }

  /// A timeline with a heading for each arm of each cell, or why there is none.
  ///
  /// - Parameter width: Columns of the terminal; nil for no limit.
  public func render(_ style: TextTable.Style, width: Int? = nil) -> String {
    let groups = Dictionary(grouping: processes) { Group(cell: $0.sample.cell, arm: $0.sample.arm) }
    return groups.sorted { $0.key.order < $1.key.order }.compactMap { group, processes in
      let pass = Pass.allCases.first { pass in processes.contains { $0.sample.pass == pass } }
      let ofPass = processes.filter { $0.sample.pass == pass }
      guard let first = ofPass.min(by: { $0.sample.round < $1.sample.round }) else { return nil }
      var heading = "ACE's decisions: \(group.cell.words), \(group.arm.words), \(first.sample.pass) pass"
      if ofPass.count > 1 { heading += ", round \(first.sample.round) of \(ofPass.count)" }
      return style.heading(heading) + Self.text(first.figures, style, width)
    }.joined(separator: "\n")
  }

  private struct Group: Hashable {
    var cell: Cell
    var arm: Arm

    var order: (String, UInt32, String, String, String) {
      (cell.workload, cell.threadCount, cell.identifier, arm.allocator, arm.switches)
    }
  }

  private static func text(_ figures: ACEFigures, _ style: TextTable.Style, _ width: Int?) -> String {
    let words = EngineWords(figures)
    guard !figures.decisions.isEmpty else { return words.whyNone + "\n" }
    var table = TextTable(columns: [
      TextTable.Column("time", .right), TextTable.Column("epoch", .right), TextTable.Column("decision"),
      TextTable.Column("blocks", .right), TextTable.Column("from", .right), TextTable.Column("to", .right),
      TextTable.Column("cost before", .right), TextTable.Column("after", .right), TextTable.Column("why"),
    ])
    for decisions in sameInManyClasses(figures.decisions) {
      table.append(entries(of: decisions).map { TextTable.Entry($0) })
    }
    return table.render(style, width: width) + words.remarks.map { $0 + "\n" }.joined()
  }

  /// Decisions that follow one another and differ in nothing but the size class, together.
  private static func sameInManyClasses(_ decisions: [EngineDecision]) -> [[EngineDecision]] {
    func withoutClass(_ decision: EngineDecision) -> EngineDecision {
      var decision = decision
      (decision.sequence, decision.classByteCount) = (0, nil)
      return decision
    }
    var groups: [[EngineDecision]] = []
    for decision in decisions {
      if let last = groups.last?.last, decision.classByteCount != nil, last.classByteCount != nil,
        withoutClass(last) == withoutClass(decision)
      {
        groups[groups.count - 1].append(decision)
      } else {
        groups.append([decision])
      }
    }
    return groups
  }

  /// The sizes of blocks that decisions are about: `64 B`, or `16 to 128 B, 5 classes`.
  private static func blocks(of decisions: [EngineDecision]) -> String {
    let byteCounts = decisions.compactMap(\.classByteCount)
    guard let least = byteCounts.min(), let greatest = byteCounts.max() else { return "all" }
    return byteCounts.count == 1 ? "\(least) B" : "\(least) to \(greatest) B, \(byteCounts.count) classes"
  }

  private static func verb(of decision: EngineDecision) -> String {
    if decision.oldValue == decision.newValue { return "keep" }
    if decision.wasApplied { return "set" }
    // Only values that were tried have costs: one that was not put in force after that has lost.
    return decision.newCost == nil ? "would set" : "tried"
  }

  private static func entries(of decisions: [EngineDecision]) -> [String] {
    let decision = decisions[0]
    return [
      "\(decision.milliseconds) ms", "\(decision.epoch)", "\(verb(of: decision)) \(decision.subject)",
      blocks(of: decisions), "\(decision.oldValue)", "\(decision.newValue)",
      decision.oldCost.map { NumberFormat.significant($0) } ?? "–",
      decision.newCost.map { NumberFormat.significant($0) } ?? "–", decision.reason,
    ]
  }

  private static func values(of decision: EngineDecision) -> [FieldValue] {
    [
      .integer(decision.sequence), .integer(decision.milliseconds), .integer(decision.epoch), .text(decision.subject),
      decision.classByteCount.map { .integer($0) } ?? .none, .integer(decision.oldValue), .integer(decision.newValue),
      .integer(decision.wasApplied ? 1 : 0), decision.oldCost.map { .real($0) } ?? .none,
      decision.newCost.map { .real($0) } ?? .none, .text(decision.reason),
    ]
  }
}
