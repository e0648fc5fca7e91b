// SPDX-License-Identifier: MIT

import Allocators
import FoundationEssentials
import Results

/// What a worker wrote: its figures by name, the lines of a memory pass, or why there are none.
public struct WorkerReply {
  private enum Value: Decodable {
    case text(String)
    case count(UInt64)
    case real(Double)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let count = try? container.decode(UInt64.self) {
        self = .count(count)
      } else if let real = try? container.decode(Double.self) {
        self = .real(real)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  public private(set) var timeline: [TimelinePoint] = []
  /// What can be set in the allocator, when a probe has loaded ACE.
  public private(set) var knobs: [ACEKnob] = []
  /// What lay on each NUMA node in a memory pass that reads it.
  public private(set) var nodes: [NodeMemory] = []
  private var sizeClasses: [[String: UInt64]] = []
  private var decisions: [EngineDecision] = []
  private var values: [String: Value] = [:]

  /// Reads the lines; what is no JSON object is left out, because a program under test may print too.
  public init(_ output: [UInt8]) {
    let decoder = JSONDecoder()
    for line in output.split(separator: UInt8(ascii: "\n")) {
      guard let object = try? decoder.decode([String: Value].self, from: Data(line)) else { continue }
      if case .count(let operation) = object["op_index"] {
        timeline.append(Self.point(object, operation))
      } else if case .count(let node) = object["numa_node"] {
        nodes.append(Self.node(Int(clamping: node), object))
      } else if object["size_class"] != nil {
        sizeClasses.append(Self.counts(object))
      } else if case .count(let sequence) = object["decision"] {
        decisions.append(Self.decision(object, sequence))
      } else if case .text(let name) = object["knob"] {
        if let knob = Self.knob(name, object) { knobs.append(knob) }
      } else {
        values = object
      }
    }
  }

  /// A number; nil when the worker did not say.
  public func number(_ name: String) -> MetricValue? {
    switch values[name] {
    case .count(let count): .count(count)
    case .real(let real): .real(real)
    case .text, nil: nil
    }
  }

  public func text(_ name: String) -> String? {
    if case .text(let text) = values[name] { return text }
    return nil
  }

  /// What ACE told of itself; nil when another allocator served, or none.
  public var aceFigures: ACEFigures? {
    let prefix = "ace_"
    let own = Self.counts(values).filter { $0.key.hasPrefix(prefix) }
    guard !own.isEmpty else { return nil }
    let process = own.map { (String($0.key.dropFirst(prefix.count)), $0.value) }
    return ACEFigures(
      process: Dictionary(uniqueKeysWithValues: process), sizeClasses: sizeClasses, decisions: decisions)
  }

  private static func counts(_ object: [String: Value]) -> [String: UInt64] {
    object.compactMapValues { value in
      if case .count(let count) = value { return count }
      return nil
    }
  }

  private static func decision(_ object: [String: Value], _ sequence: UInt64) -> EngineDecision {
    let counts = counts(object)
    func text(_ name: String) -> String {
      if case .text(let text) = object[name] { return text }
      return ""
    }
    func cost(_ name: String) -> Double? {
      switch object[name] {
      case .count(let count): Double(count)
      case .real(let real): real
      case .text, nil: nil
      }
    }
    return EngineDecision(
      sequence: sequence, milliseconds: counts["milliseconds"] ?? 0, epoch: counts["epoch"] ?? 0,
      subject: text("subject"), classByteCount: counts["class_bytes"], oldValue: counts["old_value"] ?? 0,
      newValue: counts["new_value"] ?? 0, wasApplied: counts["was_applied"] == 1, oldCost: cost("old_cost"),
      newCost: cost("new_cost"), reason: text("reason"))
  }

  private static func knob(_ name: String, _ object: [String: Value]) -> ACEKnob? {
    let counts = counts(object)
    guard let minimum = counts["minimum"], let maximum = counts["maximum"], minimum <= maximum,
      case .text(let kind) = object["kind"], let kind = ACEKnob.Kind(rawValue: kind),
      case .text(let unit) = object["unit"]
    else { return nil }
    return ACEKnob(
      name: name, kind: kind, unit: unit, range: minimum...maximum, initialValue: counts["initial"] ?? minimum,
      value: counts["value"] ?? minimum)
  }

  private static func node(_ node: Int, _ object: [String: Value]) -> NodeMemory {
    let counts = counts(object)
    return NodeMemory(
      node: node, livePeakByteCount: counts["rss_at_live_peak_bytes"], endByteCount: counts["rss_end_bytes"])
  }

  private static func point(_ object: [String: Value], _ operation: UInt64) -> TimelinePoint {
    func count(_ name: String) -> UInt64? {
      if case .count(let count) = object[name] { return count }
      return nil
    }
    return TimelinePoint(
      operationIndex: operation, elapsedNanoseconds: count("elapsed_ns") ?? 0, liveByteCount: count("live_bytes") ?? 0,
      residentByteCount: count("rss_bytes"), virtualByteCount: count("vmsize_bytes"),
      lazyFreeByteCount: count("lazyfree_bytes"))
  }
}
