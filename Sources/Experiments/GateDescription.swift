// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Results

/// What a gate shall look at and how closely, as its file (JSON5) says it; what a file leaves out has these defaults.
public struct GateDescription: Codable, Equatable, Sendable {
  public var name = "gate"
  public var cells: [GateCellDescription] = []
  /// Of cells that do not say it.
  public var threads = 1
  /// What is judged in cells that do not say it.
  public var metrics: [String] = [GateMetric.throughput.rawValue, GateMetric.peakRSS.rawValue]
  /// The largest loss that is accepted and the smallest that must be excluded, as fractions.
  public var tolerate = 0.02
  public var detect = 0.05
  /// How many of 100 gates of a change that loses exactly what is tolerated may fail for one metric, as a fraction.
  public var significance = 0.05
  public var order = RoundOrder.random.rawValue
  /// Whether a copy of the base and a slowed base run beside the two in the first cell of the time pass.
  public var controls = true
  public var screen = StageLimits.screen
  public var confirm = StageLimits.confirm
  public var touch = TouchPolicy.page.rawValue
  /// Runs of the whole workload in one process that are measured, and runs before them that are not.
  public var repeats = 2
  public var warmups = 1
  public var load = LoadMethod.dlopen.rawValue
  /// 0 for one drawn anew each time.
  public var seed: UInt64 = 0
  /// After this many seconds no new round is begun; what is undecided is then inconclusive. 0 for no limit.
  public var timeLimitSeconds = 600.0
  /// After this many seconds a single process is taken to hang.
  public var processTimeLimitSeconds = 60.0
  /// Processors to run the workers on; empty for any.
  public var processors: [Int] = []

  public init() {}

  public init(from decoder: any Decoder) throws {
    try SettingsFile.refuseUnknownKeys(decoder, known: CodingKeys.self)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func set<Value: Decodable>(_ target: inout Value, _ key: CodingKeys) throws {
      if let value = try values.decodeIfPresent(Value.self, forKey: key) { target = value }
    }
    try set(&name, .name)
    try set(&cells, .cells)
    try set(&threads, .threads)
    try set(&metrics, .metrics)
    try set(&tolerate, .tolerate)
    try set(&detect, .detect)
    try set(&significance, .significance)
    try set(&order, .order)
    try set(&controls, .controls)
    try set(&screen, .screen)
    try set(&confirm, .confirm)
    try set(&touch, .touch)
    try set(&repeats, .repeats)
    try set(&warmups, .warmups)
    try set(&load, .load)
    try set(&seed, .seed)
    try set(&timeLimitSeconds, .timeLimitSeconds)
    try set(&processTimeLimitSeconds, .processTimeLimitSeconds)
    try set(&processors, .processors)
  }

  /// Reads a file; paths of traces in it are taken from the file's folder.
  public init(path: String) throws(ExperimentError) {
    self = try SettingsFile.read(Self.self, path: path)
    let folder = SettingsFile.folder(of: path)
    for index in cells.indices { cells[index].workload = SettingsFile.workload(cells[index].workload, in: folder) }
  }

  /// The margins of cells that do not set their own.
  public var margins: Margins { Margins(tolerate: tolerate, detect: detect) }
}
