// SPDX-License-Identifier: MIT

import FoundationEssentials

/// An object of what `-f json` writes.
struct JSONRecord: Decodable {
  private enum Value: Decodable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case null

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  private let values: [String: Value]

  var names: Set<String> { Set(values.keys) }

  init(from decoder: any Decoder) throws {
    values = try decoder.singleValueContainer().decode([String: Value].self)
  }

  func text(_ name: String) -> String? {
    if case .text(let text) = values[name] { return text }
    return nil
  }

  func number(_ name: String) -> Double? {
    if case .number(let number) = values[name] { return number }
    return nil
  }

  func flag(_ name: String) -> Bool? {
    if case .flag(let flag) = values[name] { return flag }
    return nil
  }

  static func all(_ text: String) throws -> [JSONRecord] {
    try JSONDecoder().decode([JSONRecord].self, from: Data(text.utf8))
  }
}
