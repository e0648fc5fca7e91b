// SPDX-License-Identifier: MIT

import FoundationEssentials

/// Reads settings from files of JSON5.
enum SettingsFile {
  static func read<Settings: Decodable>(_ type: Settings.Type, path: String) throws(ExperimentError) -> Settings {
    do {
      let bytes = try Data(contentsOf: URL(filePath: path))
      let decoder = JSONDecoder()
      decoder.allowsJSON5 = true
      return try decoder.decode(type, from: bytes)
    } catch let error as DecodingError {
      throw .malformedExperiment(path: path, reason: reason(error))
    } catch {
      throw .malformedExperiment(path: path, reason: "it cannot be read")
    }
  }

  /// The folder of a file with its last slash; empty for the current one.
  static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

  /// A workload as a file names it: paths of traces are taken from the file's folder.
  static func workload(_ text: String, in folder: String) -> String {
    text.hasSuffix(".acetrace") && !text.hasPrefix("/") ? folder + text : text
  }

  private struct AnyKey: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A mistyped name would otherwise quietly leave its default in place.
  static func refuseUnknownKeys<Keys: CodingKey>(_ decoder: any Decoder, known: Keys.Type) throws {
    let keys = try decoder.container(keyedBy: AnyKey.self)
    for key in keys.allKeys where Keys(stringValue: key.stringValue) == nil {
      throw DecodingError.dataCorruptedError(forKey: key, in: keys, debugDescription: "no setting has this name")
    }
  }

  /// Where in the file something is wrong, and what.
  static func reason(_ error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
      .dataCorrupted(let context):
      let place = context.codingPath.map(\.stringValue).joined(separator: ".")
      return place.isEmpty ? context.debugDescription : "\(place): \(context.debugDescription)"
    @unknown default: return "\(error)"
    }
  }
}
