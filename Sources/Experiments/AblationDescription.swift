// SPDX-License-Identifier: MIT

import FoundationEssentials
import Glibc

/// What an ablation changes, as it lies beside its rows.
public struct AblationDescription: Codable, Equatable, Sendable {
  /// The file's name in the folder of an ablation.
  public static let fileName = "ablation.json"

  /// The profile that everything is held against.
  public var base: String
  /// One arm a change, or every combination.
  public var changes: [AblationChange]
  public var isFactorial: Bool
  /// What was typed to measure it, for whoever reads the results.
  public var command: String

  /// - Parameters:
  ///   - switches: `name` for all other values of a setting, `name=value[,value]` for those; none for all there is.
  ///   - builds: Which builds of ACE there are beside the usual one: `table`, `header`.
  public init(
    _ catalog: AblationCatalog, switches: [String], isFactorial: Bool, builds: [String], command: String
  ) throws {
    let chosen =
      switches.isEmpty ? try catalog.everything(builds: builds) : try switches.flatMap { try catalog.changes($0) }
    var changes: [AblationChange] = []
    for change in chosen where !changes.contains(change) { changes.append(change) }
    (base, self.changes, self.isFactorial, self.command) = (catalog.base, changes, isFactorial, command)
  }

  /// Reads the description beside the rows in a folder.
  public init(folder: String) throws {
    let path = folder + "/" + Self.fileName
    guard access(path, R_OK) == 0 else { throw AblationError.notAnAblation(path: folder) }
    self = try SettingsFile.read(Self.self, path: path)
  }

  public func write(to folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try ResultsFolder.replace(
      folder + "/" + Self.fileName, with: Array(try encoder.encode(self)) + [UInt8(ascii: "\n")])
  }
}
