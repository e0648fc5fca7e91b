// SPDX-License-Identifier: MIT

import FoundationEssentials

extension EnvironmentLog {
  /// A fact of a machine as the file has it.
  public struct Fact: Equatable, Sendable {
    public var name: String
    /// As people read it: `yes`, `1024K`, `a, b`.
    public var value: String
  }

  /// A machine in a state.
  public struct Environment: Equatable, Sendable {
    public var identifier: String
    /// By name; those that must be equal for results to be comparable come first.
    public var facts: [Fact]
  }

  /// The environments of a file, whatever facts it has; lines that are not JSON are passed over.
  public static func environments(path: String) throws -> [Environment] {
    guard let text = ReadOnlyFile.text(path: path) else {
      // Either it cannot be read, which the attempt tells, or it is no text.
      _ = try ReadOnlyFile(path: path)
      return []
    }
    return text.split(separator: "\n").compactMap { line in
      guard let object = try? JSONDecoder().decode([String: JSONFact].self, from: Data(line.utf8)),
        case .text(let identifier)? = object["env_id"]
      else { return nil }
      return Environment(identifier: identifier, facts: facts(object["hard"]) + facts(object["soft"]))
    }
  }

  private static func facts(_ value: JSONFact?) -> [Fact] {
    guard case .members(let members)? = value else { return [] }
    return members.sorted { $0.key < $1.key }.compactMap { name, value in
      let words = value.words
      return words.isEmpty ? nil : Fact(name: name, value: words)
    }
  }
}
