// SPDX-License-Identifier: MIT

import Comparison
import FoundationEssentials
import Glibc
import Results

/// The folder of a gate: its rows as they come, what it went by, and at its end what was made of them.
public final class GateOutput {
  public let folder: String
  private let samples: SampleFile
  /// Rows written so far, the header counted.
  private(set) var rowCount: UInt64 = 1

  public static let samplesName = "samples.csv"
  public static let settingsName = "gate.json"

  /// Makes the folder, and refuses one that has rows: of two gates in one file neither could be judged.
  public init(folder: String, plan: GatePlan, fingerprint: EnvironmentFingerprint) throws {
    self.folder = folder
    try ResultsFolder.make(folder)
    let path = folder + "/" + Self.samplesName
    guard access(path, F_OK) != 0 else { throw ExperimentError.folderInUse(path: folder) }
    samples = try SampleFile(path: path)
    try EnvironmentLog.record(fingerprint, path: folder + "/env.jsonl")
    try write(Self.settingsName, try Self.bytes(of: plan.settings))
  }

  /// The path of its rows.
  public var samplesPath: String { samples.path }

  /// Appends a row and returns its number.
  func append(_ sample: Sample) throws -> UInt64 {
    try samples.append(sample)
    rowCount += 1
    return rowCount
  }

  func endRound() throws { try samples.endRound() }

  /// Puts a whole file into the folder; one that is killed meanwhile leaves none or all of it.
  public func write(_ name: String, _ bytes: [UInt8]) throws {
    try ResultsFolder.replace(folder + "/" + name, with: bytes)
  }

  /// The settings that lie beside the rows of a gate; nil when there are none. Refuses those that no gate can have had.
  public static func settings(besides samplesPath: String) throws -> GateSettings? {
    let path = SettingsFile.folder(of: samplesPath) + settingsName
    guard access(path, F_OK) == 0 else { return nil }
    let settings = try SettingsFile.read(GateSettings.self, path: path)
    if let fault = settings.fault { throw ExperimentError.malformedExperiment(path: path, reason: fault) }
    return settings
  }

  private static func bytes(of settings: GateSettings) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(settings)) + [UInt8(ascii: "\n")]
  }
}
