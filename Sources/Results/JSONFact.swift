// SPDX-License-Identifier: MIT

/// A value of JSON, whatever it is, as a fact for people.
enum JSONFact: Decodable {
  case none
  case flag(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  case list([JSONFact])
  case members([String: JSONFact])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .none
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? container.decode(Int64.self) {
      self = .integer(integer)
    } else if let real = try? container.decode(Double.self) {
      self = .real(real)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONFact].self) {
      self = .list(list)
    } else {
      self = .members(try container.decode([String: JSONFact].self))
    }
  }

  /// The value in a line; empty for nothing.
  var words: String {
    switch self {
    case .none: ""
    case .flag(let flag): flag ? "yes" : "no"
    case .integer(let integer): String(integer)
    case .real(let real): real.description
    case .text(let text): text
    case .list(let list): list.map(\.words).joined(separator: ", ")
    case .members(let members):
      members.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.words)" }.joined(separator: ", ")
    }
  }
}
