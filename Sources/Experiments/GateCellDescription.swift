// SPDX-License-Identifier: MIT

import Comparison

/// A cell of a gate's file: a workload alone, or with what is different about it.
public struct GateCellDescription: Codable, Equatable, Sendable {
  /// A name with or without parameters, or a trace.
  public var workload: String
  /// Nil for what the whole gate has; a trace has the threads that it was recorded with.
  public var threads: Int?
  public var metrics: [String]?
  public var tolerate: Double?
  public var detect: Double?
  public var ignore: GateIgnore?

  public init(workload: String) { self.workload = workload }

  public init(from decoder: any Decoder) throws {
    if let workload = try? decoder.singleValueContainer().decode(String.self) {
      self.workload = workload
      return
    }
    try SettingsFile.refuseUnknownKeys(decoder, known: CodingKeys.self)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    workload = try values.decode(String.self, forKey: .workload)
    threads = try values.decodeIfPresent(Int.self, forKey: .threads)
    metrics = try values.decodeIfPresent([String].self, forKey: .metrics)
    tolerate = try values.decodeIfPresent(Double.self, forKey: .tolerate)
    detect = try values.decodeIfPresent(Double.self, forKey: .detect)
    ignore = try values.decodeIfPresent(GateIgnore.self, forKey: .ignore)
  }
}
